import { SegmentedControl, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'wouter';
import { Page } from '../../components/page.tsx';
import { useOverview } from '../../live.ts';
import { AttentionAlerts } from '../overview/attention-alerts.tsx';
import { HeldAlert } from '../overview/held-alert.tsx';
import { JournalEntries } from './journal-entries.tsx';
import { OperationList } from './operation-list.tsx';

/** What the connector did, as entries and person by person; on top what waits for an answer (U6). */
export function JournalPage({ connectionId }: { connectionId: string }) {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const { query } = useOverview(connectionId);
  const view = params.get('view') === 'changes' ? 'changes' : 'entries';
  const overview = query.data;
  return (
    <Page title={t('journalPage.title')}>
      <Text c="dimmed" maw="75ch">
        {t('journalPage.intro')}
      </Text>
      {overview && (
        <>
          <AttentionAlerts overview={{ ...overview, alarms: [] }} />
          <HeldAlert connectionId={connectionId} background={overview.background} />
        </>
      )}
      <SegmentedControl
        aria-label={t('journalPage.views')}
        value={view}
        onChange={(chosen) => setParams(chosen === 'changes' ? { view: chosen } : {}, { replace: true })}
        data={[
          { value: 'entries', label: t('journalPage.entries') },
          { value: 'changes', label: t('journalPage.operations') },
        ]}
        color="indigo.8"
        withItemsBorders={false}
        style={{ alignSelf: 'flex-start', background: 'var(--mantine-color-body)' }}
      />
      {view === 'entries' ? (
        <JournalEntries connectionId={connectionId} />
      ) : (
        <OperationList connectionId={connectionId} />
      )}
    </Page>
  );
}
