import { SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Connection, Person, ProviderKey } from '../../api-types.ts';
import { ExternalLink } from '../../components/external-link.tsx';
import { Section } from '../../components/section.tsx';
import { useFormat } from '../../format.ts';
import { contactUrlQuery } from '../../queries.ts';
import { FactList } from './fact-list.tsx';

/** What both sides hold about a person, and what they last agreed on. */
export function BothSidesSection({ view, connection }: { view: Person; connection: Connection | undefined }) {
  const { t } = useTranslation();
  const provider = connection?.provider;
  return (
    <Section title={t('person.sides')}>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xl">
        <Stack gap="md">
          <Title order={3}>{t('people.crm')}</Title>
          {view.contacts.length === 0 ? (
            <Text size="sm">{t('person.noContact')}</Text>
          ) : (
            view.contacts.map((contact) => (
              <ContactFacts key={contact.contactId} contact={contact} connection={connection} />
            ))
          )}
        </Stack>
        <Stack gap="md">
          <Title order={3}>{provider ? t(`providers.${provider}`) : t('setUp.provider')}</Title>
          <MemberFacts view={view} provider={provider} />
        </Stack>
      </SimpleGrid>
    </Section>
  );
}

type ContactFactsProps = { contact: Person['contacts'][number]; connection: Connection | undefined };

function ContactFacts({ contact, connection }: ContactFactsProps) {
  const { t } = useTranslation();
  const { contactId, name, email, consent, tags, base, asksYes } = contact;
  const marks = [
    contact.isPrivate && t('person.private'),
    contact.isArchived && t('person.archived'),
    !contact.isReadable && t('person.unreadable'),
  ].filter((mark) => mark !== false);
  const newsletter = t(`consents.${consent}`);
  return (
    <div>
      <Text size="sm" fw={500} className="break-anywhere">
        {[contact.salutation, name].filter(Boolean).join(' ') || t('undelivered.noName')}
      </Text>
      <Text size="sm" c="dimmed" className="break-anywhere">
        {email || t('undelivered.noEmail')}
        {' · '}
        {t('undelivered.contactNumber', { id: contactId })}
      </Text>
      {connection && connection.state !== 'disconnected' && (
        <CrmLink connectionId={connection.id} contactId={contactId} />
      )}
      <FactList
        facts={[
          { name: t('person.newsletter'), value: asksYes ? `${newsletter}; ${t('person.asksYes')}` : newsletter },
          { name: t('person.tags'), value: tags.join(', ') || t('person.noTags') },
          marks.length > 0 ? { name: t('person.marks'), value: marks.join(', ') } : undefined,
          {
            name: t('person.agreed'),
            value: base
              ? t('person.agreedOn', {
                  consent: t(`consents.${base.consent}`),
                  status: t(`memberStatuses.${base.status}`),
                })
              : t('person.agreedNever'),
          },
        ]}
      />
    </div>
  );
}

/** Where the CRM tells no address, or cannot be asked, there is no link: everything else on the sheet stands without it. */
function CrmLink({ connectionId, contactId }: { connectionId: string; contactId: string }) {
  const { t } = useTranslation();
  const { data: url } = useQuery(contactUrlQuery(connectionId, contactId));
  if (!url) return null;
  return (
    <ExternalLink href={url} size="sm">
      {t('person.inCrm')}
    </ExternalLink>
  );
}

type MemberFactsProps = { view: Person; provider: ProviderKey | undefined };

function MemberFacts({ view: { member, refusal }, provider }: MemberFactsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const refused = refusal && {
    name: t('person.refused'),
    value: [t(`reasons.${refusal.reason}.label`), refusal.words].filter(Boolean).join(': '),
  };
  if (!member) {
    return (
      <div>
        <Text size="sm">{t('person.notInAudience')}</Text>
        {refused && <FactList facts={[refused]} />}
      </div>
    );
  }
  return (
    <div>
      <Text size="sm" fw={500} className="break-anywhere">
        {member.name || t('undelivered.noName')}
      </Text>
      {member.url && provider && (
        <ExternalLink href={member.url} size="sm">
          {t('person.atProvider', { provider: t(`providers.${provider}`) })}
        </ExternalLink>
      )}
      <FactList
        facts={[
          { name: t('person.status'), value: t(`memberStatuses.${member.status}`) },
          // Brevo carries no tags (M16)
          provider === 'brevo'
            ? undefined
            : { name: t('person.tags'), value: member.tags.join(', ') || t('person.noTags') },
          member.changedAt ? { name: t('person.lastChange'), value: format.instant(member.changedAt) } : undefined,
          refused ?? undefined,
        ]}
      />
    </div>
  );
}
