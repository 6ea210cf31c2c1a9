import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { useTranslation } from 'react-i18next';
import type { Campaign } from '../../api-types.ts';
import { useFormat } from '../../format.ts';

/** What fits below the bars of one campaign, in characters. */
const LONGEST_LABEL = 24;

/** The newest campaigns side by side. The sections below say the same, so the drawing is one picture for screen readers. */
export default function CampaignsChart({ campaigns }: { campaigns: readonly Campaign[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const rows = campaigns.toReversed().map(({ name, sentAt, figures, written }) => ({
    label: shortened(`${format.day(sentAt.slice(0, 10))} ${name}`),
    delivered: figures?.delivered ?? 0,
    opened: figures?.opened ?? 0,
    clicked: figures?.clicked ?? 0,
    bounced: figures?.bounced ?? 0,
    written,
  }));
  return (
    <div role="img" aria-label={t('campaigns.chart')}>
      <BarChart
        h={220}
        data={rows}
        dataKey="label"
        series={[
          { name: 'delivered', label: t('campaigns.delivered'), color: 'indigo.6' },
          { name: 'opened', label: t('campaigns.opened'), color: 'teal.5' },
          { name: 'clicked', label: t('campaigns.clicked'), color: 'cyan.7' },
          { name: 'bounced', label: t('campaigns.bounced'), color: 'orange.6' },
          { name: 'written', label: t('campaigns.written'), color: 'gray.5' },
        ]}
        withLegend
        // in the order of the bars
        legendProps={{ itemSorter: null }}
        accessibilityLayer={false}
        valueFormatter={format.number}
        yAxisProps={{ allowDecimals: false, width: 48 }}
      />
    </div>
  );
}

function shortened(label: string): string {
  return label.length > LONGEST_LABEL ? `${label.slice(0, LONGEST_LABEL - 1).trimEnd()}…` : label;
}
