import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../format.ts';
import type { OptOutDay } from './opt-out-days.ts';

type OptOutsChartProps = { days: readonly OptOutDay[]; labels: { toCrm: string; toProvider: string } };

/** Opt-outs per day. The tables beside it say the same, so the drawing is one picture for screen readers. */
export default function OptOutsChart({ days, labels }: OptOutsChartProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div role="img" aria-label={t('optOuts.chart')}>
      <BarChart
        h={180}
        data={days.map((day) => ({ ...day, label: format.day(day.day) }))}
        dataKey="label"
        type="stacked"
        series={[
          { name: 'toCrm', label: labels.toCrm, color: 'indigo.6' },
          { name: 'toProvider', label: labels.toProvider, color: 'teal.5' },
        ]}
        withLegend
        accessibilityLayer={false}
        valueFormatter={format.number}
        xAxisProps={{ interval: 'equidistantPreserveStart' }}
        yAxisProps={{ allowDecimals: false, width: 36 }}
      />
    </div>
  );
}
