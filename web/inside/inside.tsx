import { Center, Loader } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, Suspense, use } from 'react';
import { useTranslation } from 'react-i18next';
import { Redirect, Route, Router, Switch } from 'wouter';
import { Entrance } from '../components/entrance.tsx';
import { ErrorAlert } from '../components/error-alert.tsx';
import { InfoAlert } from '../components/info-alert.tsx';
import { connectionsQuery, sessionQuery } from '../queries.ts';
import { useAccountLanguage } from '../session.ts';
import { CallAlert } from './call-alert.tsx';
import type { Entry } from './entry.ts';
import { PAGE_INSIDE } from './place.ts';

/** The page inside the CRM's frame: the same pages under an address of their own, without a login. */
export function Inside({ entry, children }: { entry: Entry & { place: 'service' | 'inside' }; children: ReactNode }) {
  const pages = <WithCrmSession>{children}</WithCrmSession>;
  return (
    <Router base={PAGE_INSIDE}>
      <Suspense fallback={<Opening />}>
        {entry.place === 'service' ? <Exchanged entry={entry}>{pages}</Exchanged> : pages}
      </Suspense>
    </Router>
  );
}

function Exchanged({ entry, children }: { entry: Entry & { place: 'service' }; children: ReactNode }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { opened, error } = use(entry.exchange);
  // before the pages ask for it
  if (opened && !client.getQueryData(sessionQuery.queryKey)) client.setQueryData(sessionQuery.queryKey, opened);
  if (error) {
    return (
      <Entrance title={t('inside.failedTitle')} isFramed>
        <CallAlert error={error} />
      </Entrance>
    );
  }
  return (
    <Switch>
      <Route path="/">
        <FirstPage>{children}</FirstPage>
      </Route>
      <Route>{children}</Route>
    </Switch>
  );
}

/** Whoever opens the window sees his connection; the list only where there are several, or none. */
function FirstPage({ children }: { children: ReactNode }) {
  const { data, isPending } = useQuery(connectionsQuery);
  if (isPending) return <Opening />;
  const [connection, another] = data ?? [];
  if (!connection || another) return children;
  const path = `/connections/${connection.id}`;
  return <Redirect to={connection.state === 'draft' ? `${path}/set-up` : path} replace />;
}

function WithCrmSession({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const session = useQuery(sessionQuery);
  useAccountLanguage();
  if (session.data) return children;
  if (session.isPending) return <Opening />;
  return (
    <Entrance title={t('inside.endedTitle')} isFramed>
      {session.error ? (
        <ErrorAlert error={session.error} onRetry={() => void session.refetch()} />
      ) : (
        <InfoAlert>{t('inside.endedText')}</InfoAlert>
      )}
    </Entrance>
  );
}

function Opening() {
  const { t } = useTranslation();
  return (
    <Center mih="100vh">
      <Loader aria-label={t('common.loading')} role="status" />
    </Center>
  );
}
