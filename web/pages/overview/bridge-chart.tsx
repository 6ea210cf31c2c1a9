import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { Paper, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../format.ts';
import type { BridgeStep } from './bridge-steps.ts';

const COLORS = { total: 'indigo.6', minus: 'orange.5', plus: 'teal.5' } as const;
const ROW_HEIGHT = 32;

type BridgeChartProps = {
  steps: readonly (BridgeStep & { label: string; shown: string })[];
  /** where the axis starts */
  start: number;
  onChoose: (step: BridgeStep) => void;
};

/** The bridge as a waterfall. The table beside it says the same, so the drawing is one picture for screen readers. */
export default function BridgeChart({ steps, start, onChoose }: BridgeChartProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const data = steps.map((step) => ({
    label: step.label,
    shown: step.shown,
    color: COLORS[step.kind],
    range: [Math.max(start, step.from), step.to],
    step,
  }));
  return (
    <div role="img" aria-label={t('overview.bridgeChart')} className="clickable-bars">
      <BarChart
        h={data.length * ROW_HEIGHT}
        data={data}
        dataKey="label"
        orientation="vertical"
        series={[{ name: 'range', color: COLORS.total }]}
        gridAxis="none"
        withXAxis={false}
        minBarSize={3}
        maxBarWidth={18}
        accessibilityLayer={false}
        valueFormatter={format.number}
        withBarValueLabel
        valueLabelProps={{ dataKey: 'shown', formatter: (value) => value }}
        xAxisProps={{ domain: [start, 'auto'], allowDecimals: false }}
        yAxisProps={{ width: 200, interval: 0 }}
        barChartProps={{ margin: { right: 56, left: 0, top: 0 } }}
        barProps={{ onClick: ({ payload }) => onChoose(payload.step) }}
        tooltipProps={{
          content: ({ payload }) => {
            const row = payload?.[0]?.payload;
            return row ? (
              <Paper px="sm" py={6} shadow="sm">
                <Text size="sm">
                  {row.label}: <strong>{row.shown}</strong>
                </Text>
              </Paper>
            ) : null;
          },
        }}
      />
    </div>
  );
}
