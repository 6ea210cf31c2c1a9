import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Run } from '../api-types.ts';
import { useFormat } from '../format.ts';
import { noticeText } from '../notice-text.ts';
import { useRunActions } from '../run-actions.ts';
import { usePermissions } from '../session.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { ErrorAlert } from './error-alert.tsx';
import { Icon } from './icon.tsx';
import { PhaseList } from './phase-list.tsx';
import { runPercent } from './run-percent.ts';
import { Section } from './section.tsx';

/** Phases in which nothing is written. */
const READING: readonly Run['phase'][] = ['reading-contacts', 'reading-members', 'planning'];

/** A run while it runs (M11): its phases, how far the present one is, what it waits for. */
export function RunProgress({ connectionId, run }: { connectionId: string; run: Run }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { mayEdit } = usePermissions();
  const { cancel } = useRunActions(connectionId);
  const [isAsking, setIsAsking] = useState(false);
  const isReading = READING.includes(run.phase);
  const { done, total } = run.progress;
  const percent = runPercent(run);
  // What the provider does by itself is not counted.
  const isCounted = total !== null || done > 0;
  const count =
    total === null ? t('overview.phaseProgressOpen', { done }) : t('overview.phaseProgress', { done, total });
  return (
    <Section
      title={isReading ? t('overview.readingTitle') : t('overview.runningTitle')}
      hint={isReading ? t('overview.readingKeep') : t('overview.runningKeep')}
      actions={
        mayEdit && (
          <Button variant="default" size="xs" onClick={() => setIsAsking(true)} loading={cancel.isPending}>
            {t('overview.cancelRun')}
          </Button>
        )
      }
    >
      {run.waitingFor && (
        <Alert color="yellow" icon={<Icon name="clock" />} title={t('overview.waitingTitle')}>
          {noticeText(run.waitingFor)}
        </Alert>
      )}
      {cancel.error && <ErrorAlert error={cancel.error} />}
      <PhaseList phase={run.phase} isAsked={run.isFirst || run.question !== null}>
        <Stack gap={6} mt={4} maw={560}>
          <Progress.Root size="lg">
            <Progress.Section
              value={percent ?? 100}
              animated={percent === null}
              {...(percent === null ? { withAria: false } : { 'aria-label': t(`phases.${run.phase}`) })}
            />
          </Progress.Root>
          <Group justify="space-between" gap="4px 16px">
            {isCounted && (
              <Text size="sm" className="tabular">
                {count}
              </Text>
            )}
            {run.remainingSeconds !== null && (
              <Text size="sm" c="dimmed">
                {t('overview.remaining', { duration: format.duration(run.remainingSeconds) })}
              </Text>
            )}
          </Group>
        </Stack>
      </PhaseList>
      <Text size="sm" c="dimmed" className="tabular">
        {t('overview.requestsUsed', run.requests)}
      </Text>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        onConfirm={() => cancel.mutate(run.id)}
        title={t('overview.cancelQuestion')}
        confirm={t('overview.cancelRun')}
        dismiss={t('overview.cancelKeep')}
      >
        <Text size="sm">{t('overview.cancelText')}</Text>
      </ConfirmDialog>
    </Section>
  );
}
