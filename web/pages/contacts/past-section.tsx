import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Person } from '../../api-types.ts';
import { BeforeAfter } from '../../components/before-after.tsx';
import { Section } from '../../components/section.tsx';
import { useFormat } from '../../format.ts';

/** What was planned and done for a person lately. */
export function PastSection({ past }: { past: Person['past'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Section title={t('person.past')}>
      {past.length === 0 ? (
        <Text size="sm">{t('person.pastNone')}</Text>
      ) : (
        <Stack component="ol" className="plain-list" gap="sm">
          {past.map((operation) => (
            <li key={`${operation.at} ${operation.kind} ${operation.after}`}>
              <Text size="sm" fw={500}>
                {t(`operations.${operation.kind}.label`)}: {t(`rowStates.${operation.state}`)}
              </Text>
              <BeforeAfter change={operation} />
              <Text size="xs" c="dimmed">
                {[format.instant(operation.at), operation.words].filter(Boolean).join(' · ')}
              </Text>
            </li>
          ))}
        </Stack>
      )}
    </Section>
  );
}
