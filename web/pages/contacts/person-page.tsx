import { Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection, ErasureOutcome, Person } from '../../api-types.ts';
import { ButtonLink } from '../../components/button-link.tsx';
import { DownloadButton } from '../../components/download-button.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { type PageLanguage, pageLanguage } from '../../i18n/i18n.ts';
import { useLive } from '../../live.ts';
import { connectionsQuery, personQuery } from '../../queries.ts';
import { usePermissions } from '../../session.ts';
import { BothSidesSection } from './both-sides-section.tsx';
import { ConsentHistorySection } from './consent-history-section.tsx';
import { ErasedPage } from './erased-page.tsx';
import { MailsSection } from './mails-section.tsx';
import { NextRunSection } from './next-run-section.tsx';
import { OptInSection } from './opt-in-section.tsx';
import { PastSection } from './past-section.tsx';
import { PrivacySection } from './privacy-section.tsx';

/** Everything about one person: both sides, what happens next and why, and what is on record (U4). */
export function PersonPage({ connectionId, person }: { connectionId: string; person: string }) {
  const { t, i18n } = useTranslation();
  const language = pageLanguage(i18n.language);
  const query = useQuery(personQuery(connectionId, person, language));
  const connection = useQuery(connectionsQuery).data?.find(({ id }) => id === connectionId);
  const client = useQueryClient();
  const [erased, setErased] = useState<readonly ErasureOutcome[]>();
  useLive(connectionId);
  if (erased) return <ErasedPage connectionId={connectionId} outcomes={erased} />;
  const onErased = (outcomes: readonly ErasureOutcome[]) => {
    setErased(outcomes);
    client.removeQueries({ queryKey: ['person', connectionId] });
  };
  if (query.isLoadingError) {
    return (
      <Page title={t('people.title')} actions={<BackLink connectionId={connectionId} />}>
        <Loaded query={query}>{() => null}</Loaded>
      </Page>
    );
  }
  return (
    <Loaded query={query} skeleton={[36, 160, 240, 241]}>
      {(view) => (
        <View
          view={view}
          connectionId={connectionId}
          connection={connection}
          person={person}
          language={language}
          onErased={onErased}
        />
      )}
    </Loaded>
  );
}

function BackLink({ connectionId }: { connectionId: string }) {
  const { t } = useTranslation();
  return (
    <ButtonLink href={`/connections/${connectionId}/contacts`} variant="default" size="xs">
      {t('person.back')}
    </ButtonLink>
  );
}

type ViewProps = {
  view: Person;
  connectionId: string;
  connection: Connection | undefined;
  person: string;
  language: PageLanguage;
  onErased: (outcomes: readonly ErasureOutcome[]) => void;
};

function View({ view, connectionId, connection, person, language, onErased }: ViewProps) {
  const { t } = useTranslation();
  const { mayEdit } = usePermissions();
  const contact = view.contacts.find(({ contactId }) => contactId === person) ?? view.contacts[0];
  const name = contact?.name || view.member?.name || view.email || contact?.email || person;
  return (
    <Page
      title={name}
      actions={
        <>
          <BackLink connectionId={connectionId} />
          {contact && (
            <DownloadButton
              href={`/api/connections/${connectionId}/contacts/${contact.contactId}/proof.html?language=${language}`}
              opens
            >
              {t('person.proof')}
            </DownloadButton>
          )}
        </>
      }
    >
      <Text className="break-anywhere">{view.email || contact?.email || t('undelivered.noEmail')}</Text>
      <Stack gap="lg">
        <NextRunSection nextRun={view.nextRun} />
        <BothSidesSection view={view} connection={connection} />
        <ConsentHistorySection history={view.history} />
        {mayEdit && <OptInSection view={view} connectionId={connectionId} person={person} language={language} />}
        <MailsSection mails={view.mails} />
        <PastSection past={view.past} />
        {connection && (
          <PrivacySection connection={connection} person={view.email || person} name={name} onErased={onErased} />
        )}
      </Stack>
    </Page>
  );
}
