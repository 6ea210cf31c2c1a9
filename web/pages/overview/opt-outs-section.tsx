import { Accordion, Skeleton, Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { Overview } from '../../api-types.ts';
import { CountTable } from '../../components/count-table.tsx';
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
  const [number, half, longest] = [t('optOuts.count'), t('optOuts.p50'), t('optOuts.max')];
  return (
    <Section title={t('optOuts.title')} hint={t('optOuts.hint')}>
      <Suspense fallback={<Skeleton height={180} />}>
        <OptOutsChart days={optOutDays(optOuts)} labels={labels} />
      </Suspense>
      <CountTable
        heads={{ words: [t('optOuts.direction')], counts: [number, half, t('optOuts.p95'), longest] }}
        rows={optOuts.figures.map(({ direction, count, p50, p95, max }) => ({
          key: direction,
          words: [t(`optOuts.${direction}`, { provider })],
          counts: [format.number(count), ...[p50, p95, max].map(format.delay)],
        }))}
      />
      <Accordion order={3} chevronPosition="left">
        <Accordion.Item value="days">
          <Accordion.Control>
            <Text size="sm">{t('optOuts.days')}</Text>
          </Accordion.Control>
          <Accordion.Panel>
            <CountTable
              heads={{ words: [t('optOuts.day'), t('optOuts.direction')], counts: [number, half, longest] }}
              rows={optOuts.days.toReversed().map(({ day, direction, count, p50, max }) => ({
                key: `${day} ${direction}`,
                words: [format.day(day), t(`optOuts.${direction}`, { provider })],
                counts: [format.number(count), ...[p50, max].map(format.delay)],
              }))}
            />
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </Section>
  );
}
