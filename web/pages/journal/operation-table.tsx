import { Paper, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { EndedOperation } from '../../api-types.ts';
import { BeforeAfter } from '../../components/before-after.tsx';
import { BreakingText } from '../../components/breaking-text.tsx';
import { useFormat } from '../../format.ts';
import { isReason } from '../../term-order.ts';

/** What was done to whom, when, and what became of it. */
export function OperationTable({ operations }: { operations: readonly EndedOperation[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const why = (words: string) =>
    isReason(words) ? t(`reasons.${words}.label`) : t('undelivered.providerWords', { words });
  return (
    <Paper p={{ base: 'md', sm: 'xs' }}>
      <Table className="stacking-table" verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th w="16%">{t('journalPage.when')}</Table.Th>
            <Table.Th w="30%">{t('undelivered.contact')}</Table.Th>
            <Table.Th>{t('journalPage.change')}</Table.Th>
            <Table.Th w="18%">{t('journalPage.state')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody style={{ verticalAlign: 'top' }}>
          {operations.map(({ id, kind, state, endedAt, email, name, before, after, words }) => (
            <Table.Tr key={id}>
              <Table.Td>
                <Text size="sm" c="dimmed" className="journal-time">
                  <time dateTime={endedAt} title={format.instant(endedAt)}>
                    {format.ago(endedAt)}
                  </time>
                </Text>
              </Table.Td>
              <Table.Td>
                <Text size="sm" fw={500} className="break-anywhere">
                  {name || t('undelivered.noName')}
                </Text>
                <Text size="sm" c="dimmed" className="break-anywhere">
                  <BreakingText>{email}</BreakingText>
                </Text>
              </Table.Td>
              <Table.Td>
                <Text size="sm" fw={500}>
                  {t(`operations.${kind}.label`)}
                </Text>
                {before && after ? (
                  <BeforeAfter change={{ before, after }} c="dimmed" />
                ) : (
                  <Text size="sm" c="dimmed" className="break-anywhere">
                    {before || after || '–'}
                  </Text>
                )}
              </Table.Td>
              <Table.Td>
                <Text size="sm">{t(`journalPage.states.${state}`)}</Text>
                {words && (
                  <Text size="sm" c="dimmed" className="break-anywhere">
                    {why(words)}
                  </Text>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}
