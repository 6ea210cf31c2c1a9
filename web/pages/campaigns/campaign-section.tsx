import { Button, Group, Progress, SimpleGrid, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../../api.ts';
import type { Campaign } from '../../api-types.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { Section } from '../../components/section.tsx';
import { useFormat } from '../../format.ts';
import { usePermissions } from '../../session.ts';
import { ACTIVITIES_OF } from '../../term-order.ts';
import { notWrittenText } from './not-written-text.ts';

/** Everything that any provider tells of. */
const KINDS = ACTIVITIES_OF.brevo;
const FIGURES = ['recipients', 'delivered', 'opened', 'clicked', 'bounced'] as const;

/** One campaign: the provider's figures, how far its activities are, and why some became none. */
export function CampaignSection({ connectionId, campaign }: { connectionId: string; campaign: Campaign }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { mayEdit } = usePermissions();
  const client = useQueryClient();
  const ask = useMutation({
    mutationFn: () =>
      call('POST /api/connections/:connectionId/campaigns/:campaignId/history', {
        params: { connectionId, campaignId: campaign.id },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['campaigns', connectionId] }),
  });
  const { figures, written, waiting, writtenByKind, notWritten } = campaign;
  const all = written + waiting;
  const sent = t('campaigns.sentAt', { instant: format.instant(campaign.sentAt) });
  const hint = campaign.isOurs === false ? `${sent} · ${t('campaigns.otherList')}` : sent;
  return (
    <Section title={campaign.name} hint={hint}>
      <Stack gap="sm">
        {figures && (
          <SimpleGrid component="dl" className="figures" cols={{ base: 2, xs: 3, sm: 5 }} spacing="sm">
            {FIGURES.map((name) => (
              <div key={name}>
                <Text component="dt" size="sm" c="dimmed">
                  {t(`campaigns.${name}`)}
                </Text>
                <Text component="dd" fw={600} className="tabular">
                  {format.number(figures[name])}
                </Text>
              </div>
            ))}
          </SimpleGrid>
        )}
        {waiting > 0 && <Progress value={(100 * written) / all} aria-label={t('campaigns.progress')} />}
        <Text size="sm">
          {t('campaigns.writtenOf', { written: format.number(written), all: format.number(all) })}
          {writtenByKind.length > 0 &&
            ` (${byKind(writtenByKind)
              .map(({ kind, count }) => `${t(`activities.${kind}.label`)}: ${format.number(count)}`)
              .join(', ')})`}
        </Text>
        {notWritten.map(({ reason, count }) => (
          <Text key={reason} size="sm" c="dimmed">
            {format.number(count)} · {notWrittenText(t, reason)}
          </Text>
        ))}
        {ask.error && <ErrorAlert error={ask.error} />}
        {mayEdit && (
          <Group gap="sm">
            <Button variant="default" size="xs" loading={ask.isPending} onClick={() => ask.mutate()}>
              {t('campaigns.history')}
            </Button>
            <Text size="xs" c="dimmed">
              {t('campaigns.historyHint')}
            </Text>
          </Group>
        )}
      </Stack>
    </Section>
  );
}

/** In the order in which one follows from another. */
function byKind(counts: Campaign['writtenByKind']): Campaign['writtenByKind'] {
  return counts.toSorted((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
}
