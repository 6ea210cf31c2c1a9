import { Group, Paper, Select, Stack } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/empty-state.tsx';
import { JournalLine } from '../../components/journal-line.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { MoreButton } from '../../components/more-button.tsx';
import { type JournalKind, journalPages } from '../../queries.ts';

const KINDS: readonly JournalKind[] = ['syncs', 'changes', 'opt-outs', 'alarms', 'settings'];

/** The journal's entries, all or of one kind. */
export function JournalEntries({ connectionId }: { connectionId: string }) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<JournalKind>();
  const journal = useInfiniteQuery(journalPages(connectionId, kind));
  return (
    <Stack gap="lg">
      <Group>
        <Select
          label={t('journalPage.kind')}
          data={[
            { value: '', label: t('journalPage.kinds.all') },
            ...KINDS.map((value) => ({ value, label: t(`journalPage.kinds.${value}`) })),
          ]}
          value={kind ?? ''}
          onChange={(value) => setKind(KINDS.find((one) => one === value))}
          allowDeselect={false}
          w={{ base: '100%', xs: 300 }}
        />
      </Group>
      <Loaded query={journal} skeleton={[400]}>
        {({ pages }) => {
          const entries = pages.flat();
          if (entries.length === 0) return <EmptyState icon="search" text={t('journalPage.noEntries')} />;
          return (
            <Paper p={{ base: 'md', sm: 'lg' }}>
              <Stack component="ol" className="plain-list" gap="md">
                {entries.map((entry) => (
                  <JournalLine key={entry.id} entry={entry} />
                ))}
              </Stack>
            </Paper>
          );
        }}
      </Loaded>
      <MoreButton query={journal}>{t('journalPage.more')}</MoreButton>
    </Stack>
  );
}
