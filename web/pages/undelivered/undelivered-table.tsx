import { Anchor, Paper, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { UndeliveredContact } from '../../api-types.ts';
import { isTryable } from '../../term-order.ts';
import { personAddress } from '../contacts/person-address.ts';
import { TryAgainButton } from './try-again-button.tsx';

type UndeliveredTableProps = {
  connectionId: string;
  contacts: readonly UndeliveredContact[];
  /** say what to do in each row; needless where all rows have the reason that is explained above */
  withRemedy: boolean;
  /** offer another try to whom it may help */
  mayTry: boolean;
};

/** Contacts, each with its reason and what to do. */
export function UndeliveredTable({ connectionId, contacts, withRemedy, mayTry }: UndeliveredTableProps) {
  const { t } = useTranslation();
  return (
    <Paper p={{ base: 'md', sm: 'xs' }}>
      <Table className="stacking-table" verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th w="36%">{t('undelivered.contact')}</Table.Th>
            <Table.Th>{t('undelivered.reason')}</Table.Th>
            {withRemedy && <Table.Th w="36%">{t('undelivered.whatToDo')}</Table.Th>}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {contacts.map(({ contactId, name, email, reason, words }) => (
            <Table.Tr key={contactId}>
              <Table.Td style={{ verticalAlign: 'top' }}>
                <Anchor
                  component={Link}
                  href={personAddress(connectionId, contactId)}
                  size="sm"
                  fw={500}
                  className="break-anywhere"
                >
                  {name || t('undelivered.noName')}
                </Anchor>
                <Text size="sm" c="dimmed" className="break-anywhere">
                  {email || t('undelivered.noEmail')}
                  {' · '}
                  {t('undelivered.contactNumber', { id: contactId })}
                </Text>
              </Table.Td>
              <Table.Td style={{ verticalAlign: 'top' }}>
                <Text size="sm" fw={500}>
                  {t(`reasons.${reason}.label`)}
                </Text>
                <Text size="sm" c="dimmed">
                  {words ? t('undelivered.providerWords', { words }) : withRemedy && t(`reasons.${reason}.sentence`)}
                </Text>
                {mayTry && isTryable(reason) && (
                  <TryAgainButton connectionId={connectionId} choice={{ contactId }}>
                    {t('undelivered.tryAgain')}
                  </TryAgainButton>
                )}
              </Table.Td>
              {withRemedy && (
                <Table.Td style={{ verticalAlign: 'top' }}>
                  <Text size="sm">{t(`reasons.${reason}.remedy`)}</Text>
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}
