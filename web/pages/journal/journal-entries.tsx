import { Button, Group, Paper, Select, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { JournalLine } from '../../components/journal-line.tsx';
import { Loaded } from '../../components/loaded.tsx';
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
          return (
            <Paper p={{ base: 'md', sm: 'lg' }}>
              {entries.length === 0 ? (
                <Text c="dimmed">{t('journalPage.noEntries')}</Text>
              ) : (
                <Stack component="ol" className="plain-list" gap="md">
                  {entries.map((entry) => (
                    <JournalLine key={entry.id} entry={entry} />
                  ))}
                </Stack>
              )}
            </Paper>
          );
        }}
      </Loaded>
      {journal.hasNextPage && (
        <Button
          variant="default"
          style={{ alignSelf: 'center' }}
          loading={journal.isFetchingNextPage}
          onClick={() => void journal.fetchNextPage()}
        >
          {t('journalPage.more')}
        </Button>
      )}
    </Stack>
  );
}
