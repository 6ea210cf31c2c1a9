import { NumberInput, Radio, SimpleGrid, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ProviderKey, Settings } from '../api-types.ts';
import { Section } from './section.tsx';

/** How the connection works in the background, as the form holds it. */
export type WorkValues = Pick<Settings, 'polls' | 'brake' | 'unsubscribeBy'>;

type NumberName = 'polls.crmSeconds' | 'polls.providerSeconds' | 'brake.minimum' | 'brake.percent';

/** What the server takes; it says so itself, too. */
const RANGES: Readonly<Record<NumberName, { min: number; max: number }>> = {
  'polls.crmSeconds': { min: 30, max: 3_600 },
  'polls.providerSeconds': { min: 60, max: 3_600 },
  'brake.minimum': { min: 1, max: 100_000 },
  'brake.percent': { min: 1, max: 50 },
};

export function workValues({ polls, brake, unsubscribeBy }: Settings): WorkValues {
  return { polls, brake, unsubscribeBy };
}

type WorkSettingsProps = { provider: ProviderKey; inputProps: (name: NumberName | 'unsubscribeBy') => object };

/** Intervals, limits of the brake, and how an opt-out is written at Brevo (U7). */
export function WorkSettings({ provider, inputProps }: WorkSettingsProps) {
  const { t } = useTranslation();
  const number = (name: NumberName, label: string, suffix: string) => (
    <NumberInput
      label={label}
      {...RANGES[name]}
      suffix={suffix}
      allowDecimal={false}
      allowNegative={false}
      clampBehavior="blur"
      maw={260}
      {...inputProps(name)}
    />
  );
  return (
    <>
      {provider === 'brevo' && (
        <Section anchor="unsubscribe" title={t('work.unsubscribeTitle')} hint={t('work.unsubscribeText')}>
          <Radio.Group aria-label={t('work.unsubscribeTitle')} {...inputProps('unsubscribeBy')}>
            <Stack gap="sm">
              <Radio value="block" label={t('work.block')} description={t('work.blockHint')} />
              <Radio value="list" label={t('work.list')} description={t('work.listHint')} />
            </Stack>
          </Radio.Group>
        </Section>
      )}
      <Section anchor="polls" title={t('work.pollsTitle')} hint={t('work.pollsText')}>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {number('polls.crmSeconds', t('work.crmSeconds'), t('work.seconds'))}
          {number('polls.providerSeconds', t('work.providerSeconds'), t('work.seconds'))}
        </SimpleGrid>
      </Section>
      <Section anchor="brake" title={t('work.brakeTitle')} hint={t('work.brakeText')}>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {number('brake.minimum', t('work.brakeMinimum'), '')}
          {number('brake.percent', t('work.brakePercent'), ' %')}
        </SimpleGrid>
        <Text size="sm" c="dimmed">
          {t('work.brakeOptOuts')}
        </Text>
      </Section>
    </>
  );
}
