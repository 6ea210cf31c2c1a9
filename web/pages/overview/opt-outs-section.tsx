import { Accordion, Skeleton, Table, Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { Overview } from '../../api-types.ts';
import { Section } from '../../components/section.tsx';
import { useFormat } from '../../format.ts';
import { optOutDays } from './opt-out-days.ts';

const OptOutsChart = lazy(() => import('./opt-outs-chart.tsx'));

/** Opt-outs of the last 30 days and how long each took to the other side (section 8.8): drawn, and as tables. */
export function OptOutsSection({ overview: { optOuts, connection } }: { overview: Overview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const provider = t(`providers.${connection.provider}`);
  const labels = {
    toCrm: t('optOuts.to-crm', { provider }),
    toProvider: t('optOuts.to-provider', { provider }),
  };
  if (optOuts.figures.length === 0) {
    return (
      <Section title={t('optOuts.title')}>
        <Text c="dimmed">{t('optOuts.none')}</Text>
      </Section>
    );
  }
  return (
    <Section title={t('optOuts.title')} hint={t('optOuts.hint')}>
      <Suspense fallback={<Skeleton height={180} />}>
        <OptOutsChart days={optOutDays(optOuts)} labels={labels} />
      </Suspense>
      <Table className="tabular stacking-table" verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('optOuts.direction')}</Table.Th>
            <Table.Th className="count-cell">{t('optOuts.count')}</Table.Th>
            <Table.Th className="count-cell">{t('optOuts.p50')}</Table.Th>
            <Table.Th className="count-cell">{t('optOuts.p95')}</Table.Th>
            <Table.Th className="count-cell">{t('optOuts.max')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {optOuts.figures.map(({ direction, count, p50, p95, max }) => (
            <Table.Tr key={direction}>
              <Table.Td fw={500}>{t(`optOuts.${direction}`, { provider })}</Table.Td>
              <Table.Td className="count-cell" data-label={t('optOuts.count')}>
                {format.number(count)}
              </Table.Td>
              <Table.Td className="count-cell" data-label={t('optOuts.p50')}>
                {format.delay(p50)}
              </Table.Td>
              <Table.Td className="count-cell" data-label={t('optOuts.p95')}>
                {format.delay(p95)}
              </Table.Td>
              <Table.Td className="count-cell" data-label={t('optOuts.max')}>
                {format.delay(max)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Accordion order={3} chevronPosition="left">
        <Accordion.Item value="days">
          <Accordion.Control>
            <Text size="sm">{t('optOuts.days')}</Text>
          </Accordion.Control>
          <Accordion.Panel>
            <Table className="tabular stacking-table" verticalSpacing={4}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('optOuts.day')}</Table.Th>
                  <Table.Th>{t('optOuts.direction')}</Table.Th>
                  <Table.Th className="count-cell">{t('optOuts.count')}</Table.Th>
                  <Table.Th className="count-cell">{t('optOuts.p50')}</Table.Th>
                  <Table.Th className="count-cell">{t('optOuts.max')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {optOuts.days.toReversed().map(({ day, direction, count, p50, max }) => (
                  <Table.Tr key={`${day} ${direction}`}>
                    <Table.Td>{format.day(day)}</Table.Td>
                    <Table.Td fw={500}>{t(`optOuts.${direction}`, { provider })}</Table.Td>
                    <Table.Td className="count-cell" data-label={t('optOuts.count')}>
                      {format.number(count)}
                    </Table.Td>
                    <Table.Td className="count-cell" data-label={t('optOuts.p50')}>
                      {format.delay(p50)}
                    </Table.Td>
                    <Table.Td className="count-cell" data-label={t('optOuts.max')}>
                      {format.delay(max)}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </Section>
  );
}
