import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { FocusKeeper } from '../../components/focus-keeper.tsx';
import { Icon } from '../../components/icon.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { NoticeLines } from '../../components/notice-lines.tsx';
import { RunAnnouncer } from '../../components/run-announcer.tsx';
import { RunPreview } from '../../components/run-preview.tsx';
import { RunProgress } from '../../components/run-progress.tsx';
import { Section } from '../../components/section.tsx';
import { useOverview } from '../../live.ts';
import { useRunActions } from '../../run-actions.ts';
import { usePermissions } from '../../session.ts';

/** Step 3: both sides are read and compared, then the preview of the first sync is shown (M8). */
export function PreviewStep({ connectionId, onBack }: { connectionId: string; onBack: () => void }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { query } = useOverview(connectionId);
  const { start } = useRunActions(connectionId);
  const { mayEdit } = usePermissions();
  const run = query.data?.runningRun ?? query.data?.lastRun ?? null;
  return (
    <>
      <RunAnnouncer run={run} />
      <FocusKeeper shown={`${run?.id} ${run?.state}`}>
        <Loaded query={query} skeleton={[220]}>
          {({ runningRun, lastRun }) => {
            if (runningRun?.state === 'awaiting-approval') {
              return (
                <RunPreview
                  connectionId={connectionId}
                  runId={runningRun.id}
                  onApproved={() => navigate(`/connections/${connectionId}`)}
                />
              );
            }
            if (runningRun) return <RunProgress connectionId={connectionId} run={runningRun} />;
            return (
              <Section title={t('setUp.stepPreview')}>
                <Stack>
                  {lastRun?.state === 'cancelled' && (
                    <Alert color="gray" icon={<Icon name="cross" />}>
                      {t('setUp.previewCancelled')}
                    </Alert>
                  )}
                  {lastRun?.state === 'failed' && (
                    <Alert color="red" icon={<Icon name="alert" />} title={t('run.failed')}>
                      {lastRun.error && <NoticeLines notice={lastRun.error} />}
                    </Alert>
                  )}
                  <Text maw="70ch">{t('setUp.previewIntro')}</Text>
                  {start.error && <ErrorAlert error={start.error} />}
                  <Group gap="sm">
                    <Button onClick={() => start.mutate(true)} loading={start.isPending} disabled={!mayEdit}>
                      {t('setUp.startReading')}
                    </Button>
                    <Button variant="default" onClick={onBack}>
                      {t('common.back')}
                    </Button>
                  </Group>
                </Stack>
              </Section>
            );
          }}
        </Loaded>
      </FocusKeeper>
    </>
  );
}
