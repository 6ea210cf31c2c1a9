import { Alert, Button, Group, Paper, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Run } from '../../api-types.ts';
import { ButtonLink } from '../../components/button-link.tsx';
import { FocusKeeper } from '../../components/focus-keeper.tsx';
import { Icon } from '../../components/icon.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { NoticeLines } from '../../components/notice-lines.tsx';
import { Page } from '../../components/page.tsx';
import { RunAnnouncer } from '../../components/run-announcer.tsx';
import { RunPreview } from '../../components/run-preview.tsx';
import { RunProgress } from '../../components/run-progress.tsx';
import { RunResult } from '../../components/run-result.tsx';
import { isFinished, useRun } from '../../live.ts';
import { useRunActions } from '../../run-actions.ts';
import { usePermissions } from '../../session.ts';

/** One run: its progress, its preview while it waits for an answer, its result afterwards. */
export function RunPage({ connectionId, runId }: { connectionId: string; runId: string }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const run = useRun(connectionId, runId);
  const overview = `/connections/${connectionId}`;
  const isAsked = run.data ? run.data.state === 'awaiting-approval' : !run.error;
  return (
    <Page title={isAsked ? t('run.title') : t('run.titleDone')}>
      <RunAnnouncer run={run.data ?? null} />
      <FocusKeeper shown={String(run.data?.state)}>
        <Loaded query={run} skeleton={[100, 320]}>
          {(data) => {
            if (isFinished(data)) return <Ended connectionId={connectionId} run={data} />;
            if (data.state === 'awaiting-approval') {
              return <RunPreview connectionId={connectionId} runId={runId} onApproved={() => navigate(overview)} />;
            }
            return <RunProgress connectionId={connectionId} run={data} />;
          }}
        </Loaded>
      </FocusKeeper>
    </Page>
  );
}

function Ended({ connectionId, run }: { connectionId: string; run: Run }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { start } = useRunActions(connectionId);
  const { mayEdit } = usePermissions();
  const looks = {
    succeeded: { color: 'green', icon: 'check', text: t('run.succeeded') },
    failed: { color: 'red', icon: 'alert', text: t('run.failed') },
    cancelled: { color: 'gray', icon: 'cross', text: t('run.cancelled') },
  } as const;
  const hasResult = run.state === 'succeeded' || run.operations.some(({ planned }) => planned > 0);
  const look = run.state === 'succeeded' || run.state === 'failed' ? looks[run.state] : looks.cancelled;
  return (
    <Stack>
      <Alert color={look.color} icon={<Icon name={look.icon} />} title={look.text}>
        {run.error && <NoticeLines notice={run.error} />}
      </Alert>
      {hasResult && (
        <Paper p={{ base: 'md', sm: 'lg' }}>
          <RunResult run={run} />
        </Paper>
      )}
      <Group gap="sm">
        <ButtonLink href={`/connections/${connectionId}`}>{t('run.toOverview')}</ButtonLink>
        {run.state !== 'succeeded' && mayEdit && (
          <Button
            variant="default"
            loading={start.isPending}
            onClick={() =>
              start.mutate(true, { onSuccess: ({ id }) => navigate(`/connections/${connectionId}/runs/${id}`) })
            }
          >
            {t('run.again')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
