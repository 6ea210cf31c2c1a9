import { Anchor, Paper, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { UnexplainedMember } from '../../api-types.ts';
import { personAddress } from '../contacts/person-address.ts';

type UnexplainedTableProps = {
  connectionId: string;
  members: readonly UnexplainedMember[];
  /** say what to do in each row; needless where all rows have the reason that is explained above */
  withRemedy: boolean;
};

/** Members, each with its reason and what to do. */
export function UnexplainedTable({ connectionId, members, withRemedy }: UnexplainedTableProps) {
  const { t } = useTranslation();
  return (
    <Paper p={{ base: 'md', sm: 'xs' }}>
      <Table className="stacking-table" verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th w="36%">{t('unexplained.member')}</Table.Th>
            <Table.Th>{t('undelivered.reason')}</Table.Th>
            {withRemedy && <Table.Th w="36%">{t('undelivered.whatToDo')}</Table.Th>}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {members.map(({ email, name, contactId, reason }) => (
            <Table.Tr key={email}>
              <Table.Td style={{ verticalAlign: 'top' }}>
                <Anchor
                  component={Link}
                  href={personAddress(connectionId, email)}
                  size="sm"
                  fw={500}
                  className="break-anywhere"
                >
                  {name || email}
                </Anchor>
                <Text size="sm" c="dimmed" className="break-anywhere">
                  {[name && email, contactId !== null && t('undelivered.contactNumber', { id: contactId })]
                    .filter(Boolean)
                    .join(' · ')}
                </Text>
              </Table.Td>
              <Table.Td style={{ verticalAlign: 'top' }}>
                <Text size="sm" fw={500}>
                  {t(`memberReasons.${reason}.label`)}
                </Text>
                {withRemedy && (
                  <Text size="sm" c="dimmed">
                    {t(`memberReasons.${reason}.sentence`)}
                  </Text>
                )}
              </Table.Td>
              {withRemedy && (
                <Table.Td style={{ verticalAlign: 'top' }}>
                  <Text size="sm">{t(`memberReasons.${reason}.remedy`)}</Text>
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}
