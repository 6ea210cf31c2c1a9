import { Anchor, Paper, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { FoundPerson } from '../../api-types.ts';
import { BreakingText } from '../../components/breaking-text.tsx';
import { connectionsQuery } from '../../queries.ts';
import { isReason } from '../../term-order.ts';
import { personAddress } from './person-address.ts';

/** People, each with what both sides say of him, as links to all about him. */
export function PeopleTable({ connectionId, people }: { connectionId: string; people: readonly FoundPerson[] }) {
  const { t } = useTranslation();
  const connection = useQuery(connectionsQuery).data?.find(({ id }) => id === connectionId);
  const provider = connection ? t(`providers.${connection.provider}`) : t('person.status');
  return (
    <Paper p={{ base: 'md', sm: 'xs' }}>
      <Table className="stacking-table" verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th w="42%">{t('people.person')}</Table.Th>
            <Table.Th>{t('people.crm')}</Table.Th>
            <Table.Th>{provider}</Table.Th>
            <Table.Th>{t('people.reason')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {people.map((person) => (
            <Row
              key={person.contactId ?? person.email}
              connectionId={connectionId}
              person={person}
              provider={provider}
            />
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}

type RowProps = { connectionId: string; person: FoundPerson; provider: string };

function Row({ connectionId, person, provider }: RowProps) {
  const { t } = useTranslation();
  const { contactId, email, name, consent, status, reason } = person;
  return (
    <Table.Tr>
      <Table.Td style={{ verticalAlign: 'top' }}>
        <Anchor
          component={Link}
          href={personAddress(connectionId, contactId ?? email)}
          size="sm"
          fw={500}
          className="break-anywhere"
        >
          <BreakingText>{name || email || t('undelivered.noName')}</BreakingText>
        </Anchor>
        <Text size="sm" c="dimmed" className="break-anywhere">
          <BreakingText>
            {[
              email || t('undelivered.noEmail'),
              contactId !== null && t('undelivered.contactNumber', { id: contactId }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </BreakingText>
        </Text>
      </Table.Td>
      <Table.Td style={{ verticalAlign: 'top' }}>
        <Text size="sm">
          <Text span size="sm" c="dimmed" hiddenFrom="sm">
            {t('people.crm')}:{' '}
          </Text>
          {consent === null ? t('people.noContact') : t(`consents.${consent}`)}
        </Text>
      </Table.Td>
      <Table.Td style={{ verticalAlign: 'top' }}>
        <Text size="sm">
          <Text span size="sm" c="dimmed" hiddenFrom="sm">
            {provider}:{' '}
          </Text>
          {t(`memberStatuses.${status}`)}
        </Text>
      </Table.Td>
      <Table.Td style={{ verticalAlign: 'top' }}>
        {reason && (
          <Text size="sm">{isReason(reason) ? t(`reasons.${reason}.label`) : t(`memberReasons.${reason}.label`)}</Text>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
