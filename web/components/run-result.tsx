import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Run } from '../api-types.ts';
import { useFormat } from '../format.ts';
import { WideTable } from './wide-table.tsx';

/** What a run has done, by kind, with what was refused and held back. */
export function RunResult({ run }: { run: Run }) {
  const { t } = useTranslation();
  const format = useFormat();
  const rows = run.operations.filter(({ planned, done, refused, heldBack }) => planned + done + refused + heldBack > 0);
  if (rows.length === 0) {
    return run.state === 'succeeded' ? <Text size="sm">{t('overview.nothingToDo')}</Text> : null;
  }
  // what was planned and never let go says nothing row by row
  if (run.approvedAt === null && run.state !== 'succeeded') return <Text size="sm">{t('overview.nothingDone')}</Text>;
  const hasRefused = rows.some(({ refused }) => refused > 0);
  const hasHeldBack = rows.some(({ heldBack }) => heldBack > 0);
  return (
    <>
      <WideTable minWidth={hasRefused || hasHeldBack ? 420 : 260} label={t('run.titleDone')}>
        <Table className="tabular">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('overview.kind')}</Table.Th>
              <Table.Th ta="right">{t('overview.done')}</Table.Th>
              {hasRefused && <Table.Th ta="right">{t('overview.refused')}</Table.Th>}
              {hasHeldBack && <Table.Th ta="right">{t('overview.heldBack')}</Table.Th>}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ kind, done, refused, heldBack }) => (
              <Table.Tr key={kind}>
                <Table.Td>{t(`operations.${kind}.label`)}</Table.Td>
                <Table.Td ta="right">{format.number(done)}</Table.Td>
                {hasRefused && <Table.Td ta="right">{refused > 0 ? format.number(refused) : '–'}</Table.Td>}
                {hasHeldBack && <Table.Td ta="right">{heldBack > 0 ? format.number(heldBack) : '–'}</Table.Td>}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </WideTable>
      {hasRefused && (
        <Text size="sm" c="dimmed">
          {t('overview.refusedHint')}
        </Text>
      )}
      {hasHeldBack && (
        <Text size="sm" c="dimmed">
          {t('overview.heldBackHint')}
        </Text>
      )}
    </>
  );
}
