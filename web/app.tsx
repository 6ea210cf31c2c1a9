import { Center, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Redirect, Route, Switch } from 'wouter';
import { AppFrame } from './components/app-frame.tsx';
import { ButtonLink } from './components/button-link.tsx';
import { EmptyState } from './components/empty-state.tsx';
import { Entrance } from './components/entrance.tsx';
import { ErrorAlert } from './components/error-alert.tsx';
import { Page } from './components/page.tsx';
import { isGuideName } from './guides/guides.ts';
import type { Entry } from './inside/entry.ts';
import { Inside } from './inside/inside.tsx';
import { ConnectionListPage } from './pages/connections/connection-list-page.tsx';
import { personOf } from './pages/contacts/person-address.ts';
import { ActivationPage } from './pages/marketplace/activation-page.tsx';
import { OverviewPage } from './pages/overview/overview-page.tsx';
import { FirstOperatorPage } from './pages/session/first-operator-page.tsx';
import { LoginPage } from './pages/session/login-page.tsx';
import { sessionQuery } from './queries.ts';
import { useAccountLanguage } from './session.ts';

const SetUpPage = lazy(async () => ({ default: (await import('./pages/set-up/set-up-page.tsx')).SetUpPage }));
const RunPage = lazy(async () => ({ default: (await import('./pages/runs/run-page.tsx')).RunPage }));
const PeoplePage = lazy(async () => ({ default: (await import('./pages/contacts/people-page.tsx')).PeoplePage }));
const PersonPage = lazy(async () => ({ default: (await import('./pages/contacts/person-page.tsx')).PersonPage }));
const UndeliveredPage = lazy(async () => ({
  default: (await import('./pages/undelivered/undelivered-page.tsx')).UndeliveredPage,
}));
const UnexplainedPage = lazy(async () => ({
  default: (await import('./pages/unexplained/unexplained-page.tsx')).UnexplainedPage,
}));
const CampaignsPage = lazy(async () => ({
  default: (await import('./pages/campaigns/campaigns-page.tsx')).CampaignsPage,
}));
const HeldPage = lazy(async () => ({ default: (await import('./pages/held/held-page.tsx')).HeldPage }));
const JournalPage = lazy(async () => ({ default: (await import('./pages/journal/journal-page.tsx')).JournalPage }));
const UsersPage = lazy(async () => ({ default: (await import('./pages/users/users-page.tsx')).UsersPage }));
const GuidePage = lazy(async () => ({ default: (await import('./pages/guide/guide-page.tsx')).GuidePage }));
const SettingsPage = lazy(async () => ({ default: (await import('./pages/settings/settings-page.tsx')).SettingsPage }));

/** All pages by address. In a browser without a session every address shows the login and stays as it is. */
export function App({ entry }: { entry: Entry }) {
  if (entry.place === 'activation') return <ActivationPage entry={entry} />;
  if (entry.place !== 'browser') {
    return (
      <Inside entry={entry}>
        <Pages />
      </Inside>
    );
  }
  return (
    <Switch>
      <Route path="/setup">
        <FirstOperatorPage />
      </Route>
      <Route>
        <WithSession />
      </Route>
    </Switch>
  );
}

function WithSession() {
  const { t } = useTranslation();
  const session = useQuery(sessionQuery);
  useAccountLanguage();
  if (session.data === null) return <LoginPage />;
  if (session.data) return <Pages />;
  if (session.error) {
    return (
      <Entrance title={t('common.loadFailed')}>
        <ErrorAlert error={session.error} onRetry={() => void session.refetch()} />
      </Entrance>
    );
  }
  return (
    <Center mih="100vh" p="md">
      <Waiting />
    </Center>
  );
}

function Pages() {
  return (
    <AppFrame>
      <Suspense fallback={<Waiting />}>
        <Switch>
          <Route path="/" component={ConnectionListPage} />
          <Route path="/login">
            <Redirect to="/" replace />
          </Route>
          <Route path="/users" component={UsersPage} />
          <Route path="/connections/new">
            <SetUpPage />
          </Route>
          <Route path="/connections/:id/set-up">{({ id }) => <SetUpPage key={id} connectionId={id} />}</Route>
          <Route path="/connections/:id">{({ id }) => <OverviewPage key={id} connectionId={id} />}</Route>
          <Route path="/connections/:id/runs/:runId">
            {({ id, runId }) => <RunPage key={runId} connectionId={id} runId={runId} />}
          </Route>
          <Route path="/connections/:id/contacts">{({ id }) => <PeoplePage key={id} connectionId={id} />}</Route>
          <Route path="/connections/:id/contacts/:person">
            {({ id, person }) => <PersonPage key={`${id} ${person}`} connectionId={id} person={personOf(person)} />}
          </Route>
          <Route path="/connections/:id/undelivered">
            {({ id }) => <UndeliveredPage key={id} connectionId={id} />}
          </Route>
          <Route path="/connections/:id/members">{({ id }) => <UnexplainedPage key={id} connectionId={id} />}</Route>
          <Route path="/connections/:id/campaigns">{({ id }) => <CampaignsPage key={id} connectionId={id} />}</Route>
          <Route path="/connections/:id/held">{({ id }) => <HeldPage key={id} connectionId={id} />}</Route>
          <Route path="/connections/:id/journal">{({ id }) => <JournalPage key={id} connectionId={id} />}</Route>
          <Route path="/connections/:id/settings">{({ id }) => <SettingsPage key={id} connectionId={id} />}</Route>
          <Route path="/guide/:name">
            {({ name }) => (isGuideName(name) ? <GuidePage name={name} /> : <NotFoundPage />)}
          </Route>
          <Route component={NotFoundPage} />
        </Switch>
      </Suspense>
    </AppFrame>
  );
}

function Waiting() {
  const { t } = useTranslation();
  return (
    <Center mih={240}>
      <Loader aria-label={t('common.loading')} role="status" />
    </Center>
  );
}

function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('common.notFoundTitle')}>
      <EmptyState icon="question" text={t('common.notFoundText')}>
        <ButtonLink href="/">{t('common.toConnections')}</ButtonLink>
      </EmptyState>
    </Page>
  );
}
