import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format.ts';

type ReasonRow = { label: string; sentence: string; remedy: string; count: number };

/** Reasons with their number, what each means and what to do about it. */
export function ReasonList({ rows }: { rows: readonly ReasonRow[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Table className="stacking-table" verticalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th w="9ch" ta="right">
            {t('overview.bridgeCount')}
          </Table.Th>
          <Table.Th>{t('undelivered.reason')}</Table.Th>
          <Table.Th w="42%">{t('undelivered.whatToDo')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(({ label, sentence, remedy, count }) => (
          <Table.Tr key={label}>
            <Table.Td className="tabular" ta="right" fw={650} style={{ verticalAlign: 'top' }} visibleFrom="sm">
              {format.number(count)}
            </Table.Td>
            <Table.Td style={{ verticalAlign: 'top' }}>
              <Text fw={500}>
                <Text span inherit fw={650} className="tabular" hiddenFrom="sm">
                  {format.number(count)} ·{' '}
                </Text>
                {label}
              </Text>
              <Text size="sm" c="dimmed">
                {sentence}
              </Text>
            </Table.Td>
            <Table.Td style={{ verticalAlign: 'top' }}>
              <Text size="sm">{remedy}</Text>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
