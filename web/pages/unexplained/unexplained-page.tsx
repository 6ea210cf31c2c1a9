import { Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'wouter';
import { DownloadButton } from '../../components/download-button.tsx';
import { InfoAlert } from '../../components/info-alert.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { MoreButton } from '../../components/more-button.tsx';
import { NobodyFound } from '../../components/nobody-found.tsx';
import { Page } from '../../components/page.tsx';
import { ReasonFilter } from '../../components/reason-filter.tsx';
import { pageLanguage } from '../../i18n/i18n.ts';
import { unexplainedPages } from '../../queries.ts';
import { isMemberReason } from '../../term-order.ts';
import { UnexplainedTable } from './unexplained-table.tsx';

const SEARCH_DELAY_MS = 300;

/** Active members that no contact with Newsletter = Yes explains, with the reason and what to do: the other half of the bridge. */
export function UnexplainedPage({ connectionId }: { connectionId: string }) {
  const { t, i18n } = useTranslation();
  const [params, setParams] = useSearchParams();
  const asked = params.get('reason');
  const reason = isMemberReason(asked) ? asked : undefined;
  const [search, setSearch] = useState('');
  const [settledSearch] = useDebouncedValue(search.trim(), SEARCH_DELAY_MS);
  const members = useInfiniteQuery(unexplainedPages(connectionId, { reason, search: settledSearch }));
  const choose = (chosen: string | null) => setParams(chosen ? { reason: chosen } : {}, { replace: true });
  const query = new URLSearchParams({ language: pageLanguage(i18n.language), ...(reason && { reason }) });
  const csv = `/api/connections/${connectionId}/unexplained-members.csv?${query}`;
  return (
    <Page title={t('unexplained.title')} actions={<DownloadButton href={csv}>{t('undelivered.csv')}</DownloadButton>}>
      <Text c="dimmed" maw="75ch">
        {t('unexplained.intro')} {t('overview.partlyUnreadable')}
      </Text>
      <Loaded query={members} skeleton={[60, 400]}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.members);
          return (
            <Stack gap="lg">
              <ReasonFilter
                counts={pages[0]?.counts ?? []}
                labelOf={(one) => t(`memberReasons.${one}.label`)}
                reason={reason}
                onChooseReason={choose}
                search={search}
                onSearch={setSearch}
              />
              {reason && (
                <InfoAlert title={t(`memberReasons.${reason}.label`)}>
                  {t(`memberReasons.${reason}.sentence`)} {t(`memberReasons.${reason}.remedy`)}
                </InfoAlert>
              )}
              {rows.length === 0 ? (
                <NobodyFound
                  isFiltered={reason !== undefined || settledSearch !== ''}
                  none={t('unexplained.none')}
                  noneFiltered={t('unexplained.noneFiltered')}
                  onShowAll={() => {
                    choose(null);
                    setSearch('');
                  }}
                />
              ) : (
                <UnexplainedTable connectionId={connectionId} members={rows} withRemedy={reason === undefined} />
              )}
              <MoreButton query={members}>{t('undelivered.more')}</MoreButton>
            </Stack>
          );
        }}
      </Loaded>
    </Page>
  );
}
