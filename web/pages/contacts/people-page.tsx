import { Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'wouter';
import { EmptyState } from '../../components/empty-state.tsx';
import { Icon } from '../../components/icon.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { MoreButton } from '../../components/more-button.tsx';
import { Page } from '../../components/page.tsx';
import { peoplePages } from '../../queries.ts';
import { PeopleTable } from './people-table.tsx';

const SEARCH_DELAY_MS = 300;

/** Finds a person of either side by name, address or record number (U4). */
export function PeoplePage({ connectionId }: { connectionId: string }) {
  const { t } = useTranslation();
  // in the address line, so that the way back from a person leads to what was found
  const [params, setParams] = useSearchParams();
  const search = params.get('search') ?? '';
  const [settled] = useDebouncedValue(search.trim(), SEARCH_DELAY_MS);
  const people = useInfiniteQuery(peoplePages(connectionId, settled));
  return (
    <Page title={t('people.title')}>
      <Text c="dimmed" maw="75ch">
        {t('people.intro')}
      </Text>
      <TextInput
        label={t('people.search')}
        type="search"
        leftSection={<Icon name="search" size={16} />}
        value={search}
        onChange={({ currentTarget }) =>
          setParams(currentTarget.value === '' ? {} : { search: currentTarget.value }, { replace: true })
        }
        maw={420}
      />
      <Loaded query={people} skeleton={[360]}>
        {({ pages }) => {
          const found = pages.flatMap((page) => page.people);
          return (
            <>
              {found.length > 0 ? (
                <PeopleTable connectionId={connectionId} people={found} />
              ) : (
                <EmptyState icon={settled === '' ? 'clock' : 'search'} text={t(nobody(settled, people.hasNextPage))} />
              )}
              <MoreButton query={people}>{t(settled === '' ? 'people.more' : 'people.searchOn')}</MoreButton>
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

function nobody(search: string, mayGoOn: boolean) {
  if (mayGoOn) return 'people.searchedSoFar';
  return search === '' ? 'people.none' : 'people.noneFound';
}
