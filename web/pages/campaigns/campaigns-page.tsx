import { Paper, Skeleton, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/empty-state.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { MoreButton } from '../../components/more-button.tsx';
import { Page } from '../../components/page.tsx';
import { useLive } from '../../live.ts';
import { campaignPages } from '../../queries.ts';
import { CampaignSection } from './campaign-section.tsx';

const CampaignsChart = lazy(() => import('./campaigns-chart.tsx'));

/** Newest campaigns in the drawing. */
const DRAWN = 8;

/** What became of each newsletter, and how much of it stands in the CRM (M26). */
export function CampaignsPage({ connectionId }: { connectionId: string }) {
  const { t } = useTranslation();
  useLive(connectionId);
  const query = useInfiniteQuery(campaignPages(connectionId));
  return (
    <Page title={t('campaigns.title')}>
      <Text c="dimmed" maw="75ch">
        {t('campaigns.intro')}
      </Text>
      <Loaded query={query} skeleton={[220, 160, 161]}>
        {({ pages }) => {
          const campaigns = pages.flatMap((page) => page.campaigns);
          if (campaigns.length === 0) return <EmptyState icon="clock" text={t('campaigns.none')} />;
          return (
            <Stack gap="lg">
              <Paper p={{ base: 'md', sm: 'lg' }}>
                <Suspense fallback={<Skeleton height={220} />}>
                  <CampaignsChart campaigns={campaigns.slice(0, DRAWN)} />
                </Suspense>
              </Paper>
              {campaigns.map((campaign) => (
                <CampaignSection key={campaign.id} connectionId={connectionId} campaign={campaign} />
              ))}
              <MoreButton query={query}>{t('campaigns.more')}</MoreButton>
            </Stack>
          );
        }}
      </Loaded>
    </Page>
  );
}
