import { Button, Group, List, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../../api.ts';
import type { Health } from '../../api-types.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Section } from '../../components/section.tsx';
import { HealthBadge } from '../../components/state-badge.tsx';
import { useFormat } from '../../format.ts';
import { noticeText } from '../../notice-text.ts';
import { overviewQuery } from '../../queries.ts';
import { usePermissions } from '../../session.ts';

/** How the webhook at the provider is, with a check and a repair (F3). */
export function WebhookSection({ connectionId }: { connectionId: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { mayEdit } = usePermissions();
  const overview = useQuery(overviewQuery(connectionId));
  const check = useMutation({
    mutationFn: (repair: boolean) =>
      call('POST /api/connections/:connectionId/webhook-check', { params: { connectionId }, body: { repair } }),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ['overview', connectionId] });
      void client.invalidateQueries({ queryKey: ['journal', connectionId] });
    },
  });
  return (
    <Section anchor="webhook" title={t('webhook.title')} hint={t('webhook.text')}>
      <Loaded query={overview} skeleton={[80]}>
        {({ health: { webhook } }) => (
          <Stack gap="md">
            <State webhook={webhook} />
            <div role="status">
              {check.data && (
                <>
                  <Text>{t(`webhook.${resultOf(check.data)}`)}</Text>
                  {check.data.isRepaired && <Findings findings={check.data.findings} />}
                </>
              )}
            </div>
            {check.error && <ErrorAlert error={check.error} />}
            {mayEdit && (
              <Group gap="sm">
                <Button variant="default" loading={check.isPending} onClick={() => check.mutate(false)}>
                  {t('webhook.check')}
                </Button>
                {webhook.state === 'failing' && (
                  <Button loading={check.isPending} onClick={() => check.mutate(true)}>
                    {t('webhook.repair')}
                  </Button>
                )}
              </Group>
            )}
          </Stack>
        )}
      </Loaded>
    </Section>
  );
}

function State({ webhook }: { webhook: Health }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { state, notice, findings, checkedAt } = webhook;
  return (
    <Stack gap={4}>
      <Group gap="sm">
        <HealthBadge state={state} />
        {checkedAt && (
          <Text size="sm" c="dimmed">
            {t('overview.checkedAt', { when: format.ago(checkedAt) })}
          </Text>
        )}
      </Group>
      {notice && !findings.some(({ code }) => code === notice.code) && <Text>{noticeText(notice)}</Text>}
      <Findings findings={findings} />
    </Stack>
  );
}

function Findings({ findings }: { findings: Health['findings'] }) {
  if (findings.length === 0) return null;
  return (
    <List>
      {findings.map((finding) => (
        <List.Item key={finding.code}>{noticeText(finding)}</List.Item>
      ))}
    </List>
  );
}

function resultOf({ isRepaired, webhook }: { isRepaired: boolean; webhook: Health }): 'repaired' | 'well' | 'notWell' {
  if (isRepaired) return 'repaired';
  return webhook.state === 'ok' ? 'well' : 'notWell';
}
