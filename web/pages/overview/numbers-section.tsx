import { SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Overview } from '../../api-types.ts';
import { Section } from '../../components/section.tsx';
import { useFormat } from '../../format.ts';

/** Both sides' numbers, large. */
export function NumbersSection({ overview: { bridge, connection } }: { overview: Overview }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!bridge) {
    return (
      <Section title={t('overview.numbers')}>
        <Text fw={500}>{t('overview.noNumbersTitle')}</Text>
        <Text c="dimmed" maw="60ch">
          {t('overview.noNumbersText')}
        </Text>
      </Section>
    );
  }
  return (
    <Section title={t('overview.numbers')}>
      <SimpleGrid cols={2} spacing="lg">
        <BigNumber
          value={format.number(bridge.contactsWithYes)}
          label={t('overview.contactsWithYes')}
          where={t('overview.inCrm')}
        />
        <BigNumber
          value={format.number(bridge.activeMembers)}
          label={t('overview.activeMembers')}
          where={t('overview.inAudience', { name: connection.audienceName })}
        />
      </SimpleGrid>
      <Text size="xs" c="dimmed">
        {t('overview.asOf', { when: format.ago(bridge.asOf) })}
        {'. '}
        {t('overview.partlyUnreadable')}
      </Text>
    </Section>
  );
}

function BigNumber({ value, label, where }: { value: string; label: string; where: string }) {
  return (
    <div>
      <div className="big-number">{value}</div>
      <Text fw={500}>{label}</Text>
      <Text size="sm" c="dimmed">
        {where}
      </Text>
    </div>
  );
}
