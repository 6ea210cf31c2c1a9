import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Health, Overview } from '../../api-types.ts';
import { ExternalLink } from '../../components/external-link.tsx';
import { Section } from '../../components/section.tsx';
import { HealthBadge } from '../../components/state-badge.tsx';
import { useFormat } from '../../format.ts';
import { noticeText } from '../../notice-text.ts';

/** How onOffice, the provider and the webhook are (U2). */
export function SystemsSection({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  const { crm, provider, webhook } = overview.health;
  return (
    <Section title={t('overview.systems')}>
      <Stack component="ul" className="plain-list" gap="md">
        <System name={t('overview.crm')} health={crm} />
        <System name={t(`providers.${overview.connection.provider}`)} health={provider} />
        <System name={t('overview.webhook')} health={webhook} />
      </Stack>
    </Section>
  );
}

function System({ name, health }: { name: string; health: Health }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <li>
      <Group justify="space-between" gap="xs">
        <Text fw={500}>{name}</Text>
        <HealthBadge state={health.state} />
      </Group>
      {health.notice && (
        <Text size="sm" mt={4}>
          {noticeText(health.notice)}
        </Text>
      )}
      <Group gap="4px 12px" mt={2}>
        {health.checkedAt && (
          <Text size="xs" c="dimmed">
            {t('overview.checkedAt', { when: format.ago(health.checkedAt) })}
          </Text>
        )}
        {health.statusPage && health.state !== 'ok' && (
          <ExternalLink href={health.statusPage} size="xs">
            {t('common.statusPage')}
          </ExternalLink>
        )}
      </Group>
    </li>
  );
}
