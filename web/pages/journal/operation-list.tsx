import { Group, Select, Stack, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndedOperation, OperationKind } from '../../api-types.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Icon } from '../../components/icon.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { MoreButton } from '../../components/more-button.tsx';
import { en } from '../../i18n/en.ts';
import { pageLanguage } from '../../i18n/i18n.ts';
import { operationPages } from '../../queries.ts';
import { OperationTable } from './operation-table.tsx';

const SEARCH_DELAY_MS = 300;
const KINDS = Object.keys(en.operations) as OperationKind[];
const STATES = Object.keys(en.journalPage.states) as EndedOperation['state'][];

/** What was done to people, newest first; found by address, kind and result. */
export function OperationList({ connectionId }: { connectionId: string }) {
  const { t, i18n } = useTranslation();
  const [search, setSearch] = useState('');
  const [kind, setKind] = useState<OperationKind>();
  const [state, setState] = useState<EndedOperation['state']>();
  const [settledSearch] = useDebouncedValue(search.trim(), SEARCH_DELAY_MS);
  const filter = { search: settledSearch, kind, state };
  const operations = useInfiniteQuery(operationPages(connectionId, filter, pageLanguage(i18n.language)));
  const isFiltered = settledSearch !== '' || kind !== undefined || state !== undefined;
  return (
    <Stack gap="lg">
      <Group gap="md" align="flex-end">
        <TextInput
          label={t('journalPage.search')}
          type="search"
          leftSection={<Icon name="search" size={16} />}
          value={search}
          onChange={({ currentTarget }) => setSearch(currentTarget.value)}
          w={{ base: '100%', xs: 260 }}
        />
        <Select
          label={t('journalPage.change')}
          data={[
            { value: '', label: t('journalPage.allChanges') },
            ...KINDS.map((value) => ({ value, label: t(`operations.${value}.label`) })),
          ]}
          value={kind ?? ''}
          onChange={(value) => setKind(KINDS.find((one) => one === value))}
          allowDeselect={false}
          w={{ base: '100%', xs: 260 }}
        />
        <Select
          label={t('journalPage.state')}
          data={[
            { value: '', label: t('journalPage.allStates') },
            ...STATES.map((value) => ({ value, label: t(`journalPage.states.${value}`) })),
          ]}
          value={state ?? ''}
          onChange={(value) => setState(STATES.find((one) => one === value))}
          allowDeselect={false}
          w={{ base: '100%', xs: 200 }}
        />
      </Group>
      <Loaded query={operations} skeleton={[400]}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.operations);
          return rows.length > 0 ? (
            <OperationTable operations={rows} />
          ) : (
            <EmptyState
              icon={isFiltered ? 'search' : 'clock'}
              text={isFiltered ? t('journalPage.noneFound') : t('journalPage.noOperations')}
            />
          );
        }}
      </Loaded>
      <MoreButton query={operations}>{t('journalPage.more')}</MoreButton>
    </Stack>
  );
}
