import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Run } from '../../api-types.ts';
import { NoticeLines } from '../../components/notice-lines.tsx';
import { RunResult } from '../../components/run-result.tsx';
import { Section } from '../../components/section.tsx';
import { RunBadge } from '../../components/state-badge.tsx';
import { useFormat } from '../../format.ts';

/** How the last run ended and what it did, refused and held-back rows included. */
export function LastRunSection({ run }: { run: Run | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!run) {
    return (
      <Section title={t('overview.lastTitle')}>
        <Text c="dimmed">{t('overview.lastNone')}</Text>
      </Section>
    );
  }
  const end = run.finishedAt ?? run.startedAt;
  return (
    <Section title={t('overview.lastTitle')}>
      <Group gap="sm">
        <RunBadge state={run.state} />
        <Text size="sm" c="dimmed">
          {t('overview.lastFinished', {
            when: format.ago(end),
            duration: format.duration((Date.parse(end) - Date.parse(run.approvedAt ?? run.startedAt)) / 1000),
          })}
        </Text>
      </Group>
      {run.error && <NoticeLines notice={run.error} />}
      <RunResult run={run} />
    </Section>
  );
}
