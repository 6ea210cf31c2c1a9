import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { overviewQuery } from '../../queries.ts';

export function OverviewPage({ connectionId }: { connectionId: string }) {
  const { t } = useTranslation();
  const overview = useQuery(overviewQuery(connectionId));
  return (
    <Page title={t('overview.title')}>
      <Loaded query={overview}>{() => null}</Loaded>
    </Page>
  );
}
