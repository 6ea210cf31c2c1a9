import { Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ButtonLink } from '../../components/button-link.tsx';
import { JournalLine } from '../../components/journal-line.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Section } from '../../components/section.tsx';
import { journalPages } from '../../queries.ts';

const FIRST_ENTRIES = 8;

/** What the connector did lately, newest first; the journal has the rest. */
export function JournalSection({ connectionId }: { connectionId: string }) {
  const { t } = useTranslation();
  const journal = useInfiniteQuery(journalPages(connectionId));
  return (
    <Section title={t('overview.journal')}>
      <Loaded query={journal} skeleton={[160]}>
        {({ pages }) => {
          const entries = pages.flat().slice(0, FIRST_ENTRIES);
          if (entries.length === 0) return <Text c="dimmed">{t('overview.journalEmpty')}</Text>;
          return (
            <Stack gap="sm" align="flex-start">
              <Stack component="ol" className="plain-list" gap={10}>
                {entries.map((entry) => (
                  <JournalLine key={entry.id} entry={entry} />
                ))}
              </Stack>
              <ButtonLink href={`/connections/${connectionId}/journal`} variant="default" size="xs">
                {t('journalPage.toJournal')}
              </ButtonLink>
            </Stack>
          );
        }}
      </Loaded>
    </Section>
  );
}
