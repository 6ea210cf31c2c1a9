import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Preview } from '../api-types.ts';
import { BreakingText } from './breaking-text.tsx';

type Change = Preview['counts'][number]['samples'][number];

/** People with what would change for them, before and after. */
export function ChangeTable({ changes }: { changes: readonly Change[] }) {
  const { t } = useTranslation();
  return (
    <Table className="stacking-table">
      <Table.Thead>
        <Table.Tr>
          <Table.Th w="36%">{t('undelivered.contact')}</Table.Th>
          <Table.Th w="32%">{t('run.before')}</Table.Th>
          <Table.Th>{t('run.after')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody style={{ verticalAlign: 'top' }}>
        {changes.map(({ email, name, contactId, before, after }) => (
          <Table.Tr key={`${email} ${contactId}`}>
            <Table.Td>
              <Text size="sm">{name || t('undelivered.noName')}</Text>
              <Text size="sm" c="dimmed" className="break-anywhere">
                <BreakingText>{email}</BreakingText>
              </Text>
            </Table.Td>
            <Table.Td c="dimmed" data-label={t('run.before')}>
              {before || '–'}
            </Table.Td>
            <Table.Td data-label={t('run.after')}>{after || '–'}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
