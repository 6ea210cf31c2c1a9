import { Badge, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ConsentChange } from '../../api-types.ts';
import { BeforeAfter } from '../../components/before-after.tsx';
import { Section } from '../../components/section.tsx';
import { useFormat } from '../../format.ts';

const COLORS: Readonly<Record<ConsentChange['effect'], string>> = {
  'opt-out': 'orange',
  'opt-in': 'green',
  neutral: 'gray',
};

/** Every change of a person's consent, as it is on record (R14). */
export function ConsentHistorySection({ history }: { history: readonly ConsentChange[] }) {
  const { t } = useTranslation();
  return (
    <Section title={t('person.history')} hint={t('person.historyHint')}>
      {history.length === 0 ? (
        <Text size="sm">{t('person.historyNone')}</Text>
      ) : (
        <Stack component="ol" className="plain-list" gap="md">
          {history.map((change) => (
            <Change key={change.number} change={change} />
          ))}
        </Stack>
      )}
    </Section>
  );
}

function Change({ change }: { change: ConsentChange }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { words, happenedAt, learnedAt, isAllowed, evidence, number, effect } = change;
  const times = [
    happenedAt && t('person.happened', { when: format.instant(happenedAt) }),
    t('person.learned', { when: format.instant(learnedAt) }),
    t('person.entryNumber', { number }),
  ].filter(Boolean);
  return (
    <li>
      <Group gap="xs">
        <Badge color={COLORS[effect]} variant="light" tt="none" fw={600}>
          {words.effect}
        </Badge>
        <BeforeAfter change={{ before: words.from, after: words.to }} fw={500} />
      </Group>
      <Text size="sm">
        {[t('person.by', { source: words.source }), isAllowed ? words.wrote : t('person.refusedByGate')]
          .filter(Boolean)
          .join(' · ')}
      </Text>
      {evidence.map(({ name, text }) => (
        <Text key={name} size="sm" className="break-anywhere">
          {name}: {text}
        </Text>
      ))}
      <Text size="xs" c="dimmed">
        {times.join(' · ')}
      </Text>
    </li>
  );
}
