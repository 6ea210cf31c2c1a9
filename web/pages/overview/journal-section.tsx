import { Button, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JournalEntry } from '../../api-types.ts';
import { Loaded } from '../../components/loaded.tsx';
import { Section } from '../../components/section.tsx';
import { useFormat } from '../../format.ts';
import { noticeText } from '../../notice-text.ts';
import { journalPages } from '../../queries.ts';

const FIRST_ENTRIES = 8;
const MORE_ENTRIES = 20;

/** What the connector did lately, newest first; older entries on demand. */
export function JournalSection({ connectionId }: { connectionId: string }) {
  const { t } = useTranslation();
  const journal = useInfiniteQuery(journalPages(connectionId));
  const [shown, setShown] = useState(FIRST_ENTRIES);
  return (
    <Section title={t('overview.journal')}>
      <Loaded query={journal} skeleton={[160]}>
        {({ pages }) => {
          const loaded = pages.flat();
          const entries = loaded.slice(0, shown);
          if (entries.length === 0) return <Text c="dimmed">{t('overview.journalEmpty')}</Text>;
          return (
            <Stack gap="sm" align="flex-start">
              <Stack component="ol" className="plain-list" gap={10}>
                {entries.map((entry) => (
                  <Entry key={entry.id} entry={entry} />
                ))}
              </Stack>
              {(journal.hasNextPage || loaded.length > shown) && (
                <Button
                  variant="default"
                  size="xs"
                  loading={journal.isFetchingNextPage}
                  onClick={() => {
                    setShown(shown + MORE_ENTRIES);
                    if (loaded.length < shown + MORE_ENTRIES) void journal.fetchNextPage();
                  }}
                >
                  {t('overview.journalMore')}
                </Button>
              )}
            </Stack>
          );
        }}
      </Loaded>
    </Section>
  );
}

const COUNTS = ['added', 'updated', 'optOuts', 'created', 'takenOut', 'refused', 'heldBack'] as const;

function Entry({ entry }: { entry: JournalEntry }) {
  const { t } = useTranslation();
  const format = useFormat();
  const counts = COUNTS.flatMap((name) => {
    const count = entry.params[name];
    return typeof count === 'number' && count > 0 ? [t(`journalCounts.${name}`, { count })] : [];
  });
  return (
    <li>
      <Text size="sm">{noticeText(entry)}</Text>
      <Text size="xs" c="dimmed">
        <time dateTime={entry.at} title={format.instant(entry.at)}>
          {format.ago(entry.at)}
        </time>
        {counts.length > 0 && ` · ${counts.join(', ')}`}
      </Text>
    </li>
  );
}
