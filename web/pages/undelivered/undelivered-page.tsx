import { Alert, Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'wouter';
import type { Reason } from '../../api-types.ts';
import { DownloadButton } from '../../components/download-button.tsx';
import { Icon } from '../../components/icon.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { Section } from '../../components/section.tsx';
import { pageLanguage } from '../../i18n/i18n.ts';
import { undeliveredPages } from '../../queries.ts';
import { isReason } from '../../term-order.ts';
import { UndeliveredTable } from './undelivered-table.tsx';

const SEARCH_DELAY_MS = 300;

/** Contacts with Newsletter = Yes that are not active members, with the reason and what to do (U5). */
export function UndeliveredPage({ connectionId }: { connectionId: string }) {
  const { t, i18n } = useTranslation();
  const [params, setParams] = useSearchParams();
  const asked = params.get('reason');
  const reason = isReason(asked) ? asked : undefined;
  const [search, setSearch] = useState('');
  const [settledSearch] = useDebouncedValue(search.trim(), SEARCH_DELAY_MS);
  const contacts = useInfiniteQuery(undeliveredPages(connectionId, { reason, search: settledSearch }));
  const choose = (chosen: string | null) => setParams(chosen ? { reason: chosen } : {}, { replace: true });
  const query = new URLSearchParams({ language: pageLanguage(i18n.language), ...(reason && { reason }) });
  const csv = `/api/connections/${connectionId}/undelivered.csv?${query}`;
  return (
    <Page title={t('undelivered.title')} actions={<DownloadButton href={csv}>{t('undelivered.csv')}</DownloadButton>}>
      <Text c="dimmed" maw="75ch">
        {t('undelivered.intro')}
      </Text>
      <Loaded query={contacts} skeleton={[60, 400]}>
        {({ pages }) => {
          const counts = pages[0]?.counts ?? [];
          const rows = pages.flatMap((page) => page.contacts);
          const isFiltered = reason !== undefined || settledSearch !== '';
          return (
            <Stack gap="lg">
              <Filters counts={counts} reason={reason} onChooseReason={choose} search={search} onSearch={setSearch} />
              {reason && (
                <Alert color="blue" title={t(`reasons.${reason}.label`)}>
                  {t(`reasons.${reason}.sentence`)} {t(`reasons.${reason}.remedy`)}
                </Alert>
              )}
              {rows.length === 0 ? (
                <Nobody
                  isFiltered={isFiltered}
                  onShowAll={() => {
                    choose(null);
                    setSearch('');
                  }}
                />
              ) : (
                <UndeliveredTable connectionId={connectionId} contacts={rows} withRemedy={reason === undefined} />
              )}
              {contacts.hasNextPage && (
                <Button
                  variant="default"
                  style={{ alignSelf: 'center' }}
                  loading={contacts.isFetchingNextPage}
                  onClick={() => void contacts.fetchNextPage()}
                >
                  {t('undelivered.more')}
                </Button>
              )}
            </Stack>
          );
        }}
      </Loaded>
    </Page>
  );
}

type FiltersProps = {
  counts: { reason: Reason; count: number }[];
  reason: Reason | undefined;
  onChooseReason: (reason: string | null) => void;
  search: string;
  onSearch: (search: string) => void;
};

function Filters({ counts, reason, onChooseReason, search, onSearch }: FiltersProps) {
  const { t } = useTranslation();
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const label = (name: string, count: number) => t('undelivered.option', { name, count });
  const offered = counts.filter(({ count, reason: other }) => count > 0 || other === reason);
  const choices = offered.map((row) => ({
    value: row.reason,
    label: label(t(`reasons.${row.reason}.label`), row.count),
  }));
  // chosen by a link, although it has no contacts at the moment
  if (reason && !offered.some((row) => row.reason === reason)) {
    choices.push({ value: reason, label: label(t(`reasons.${reason}.label`), 0) });
  }
  return (
    <Group gap="md" align="flex-end">
      <Select
        label={t('undelivered.reason')}
        data={[{ value: '', label: label(t('undelivered.allReasons'), total) }, ...choices]}
        value={reason ?? ''}
        onChange={(value) => onChooseReason(value === '' ? null : value)}
        allowDeselect={false}
        w={{ base: '100%', xs: 300 }}
      />
      <TextInput
        label={t('undelivered.search')}
        type="search"
        leftSection={<Icon name="search" size={16} />}
        value={search}
        onChange={({ currentTarget }) => onSearch(currentTarget.value)}
        w={{ base: '100%', xs: 320 }}
      />
    </Group>
  );
}

function Nobody({ isFiltered, onShowAll }: { isFiltered: boolean; onShowAll: () => void }) {
  const { t } = useTranslation();
  if (!isFiltered) {
    return (
      <Alert color="green" icon={<Icon name="check" />}>
        {t('undelivered.none')}
      </Alert>
    );
  }
  return (
    <Section title={t('undelivered.noneFiltered')}>
      <Group>
        <Button variant="default" onClick={onShowAll}>
          {t('undelivered.clearFilter')}
        </Button>
      </Group>
    </Section>
  );
}
