import { Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
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
import { useLive } from '../../live.ts';
import { connectionsQuery, undeliveredPages } from '../../queries.ts';
import { usePermissions } from '../../session.ts';
import { isReason, isTryable } from '../../term-order.ts';
import { TryAgainButton } from './try-again-button.tsx';
import { UndeliveredTable } from './undelivered-table.tsx';

const SEARCH_DELAY_MS = 300;

/** Contacts with Newsletter = Yes that are not active members, with the reason and what to do (U5). */
export function UndeliveredPage({ connectionId }: { connectionId: string }) {
  const { t, i18n } = useTranslation();
  useLive(connectionId);
  const [params, setParams] = useSearchParams();
  const asked = params.get('reason');
  const reason = isReason(asked) ? asked : undefined;
  const { mayEdit } = usePermissions();
  const connection = useQuery(connectionsQuery).data?.find(({ id }) => id === connectionId);
  const mayTry = mayEdit && connection?.state === 'active';
  const [search, setSearch] = useState('');
  const [settledSearch] = useDebouncedValue(search.trim(), SEARCH_DELAY_MS);
  const contacts = useInfiniteQuery(undeliveredPages(connectionId, { reason, search: settledSearch }));
  const choose = (chosen: string | null) => setParams(chosen ? { reason: chosen } : {}, { replace: true });
  const query = new URLSearchParams({ language: pageLanguage(i18n.language), ...(reason && { reason }) });
  const csv = `/api/connections/${connectionId}/undelivered.csv?${query}`;
  return (
    <Page title={t('undelivered.title')} actions={<DownloadButton href={csv}>{t('undelivered.csv')}</DownloadButton>}>
      <Text c="dimmed" maw="75ch">
        {t('undelivered.intro')} {t('overview.partlyUnreadable')}
      </Text>
      <Loaded query={contacts} skeleton={[60, 400]}>
        {({ pages }) => {
          const counts = pages[0]?.counts ?? [];
          const rows = pages.flatMap((page) => page.contacts);
          const isFiltered = reason !== undefined || settledSearch !== '';
          return (
            <Stack gap="lg">
              <ReasonFilter
                counts={counts}
                labelOf={(one) => t(`reasons.${one}.label`)}
                reason={reason}
                onChooseReason={choose}
                search={search}
                onSearch={setSearch}
              />
              {reason && (
                <InfoAlert title={t(`reasons.${reason}.label`)}>
                  <Stack gap="xs" align="flex-start">
                    <Text size="sm">
                      {t(`reasons.${reason}.sentence`)} {t(`reasons.${reason}.remedy`)}
                    </Text>
                    {mayTry && isTryable(reason) && rows.length > 0 && (
                      <TryAgainButton connectionId={connectionId} choice={{ reason }}>
                        {t('undelivered.tryAllAgain')}
                      </TryAgainButton>
                    )}
                  </Stack>
                </InfoAlert>
              )}
              {rows.length === 0 ? (
                <NobodyFound
                  isFiltered={isFiltered}
                  none={t('undelivered.none')}
                  noneFiltered={t('undelivered.noneFiltered')}
                  onShowAll={() => {
                    choose(null);
                    setSearch('');
                  }}
                />
              ) : (
                <UndeliveredTable
                  connectionId={connectionId}
                  contacts={rows}
                  withRemedy={reason === undefined}
                  mayTry={mayTry}
                />
              )}
              <MoreButton query={contacts}>{t('undelivered.more')}</MoreButton>
            </Stack>
          );
        }}
      </Loaded>
    </Page>
  );
}
