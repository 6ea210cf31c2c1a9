import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Person } from '../../api-types.ts';
import { BeforeAfter } from '../../components/before-after.tsx';
import { Section } from '../../components/section.tsx';

/** What will be done for a person and why, and why he does not receive the newsletter where he does not. */
export function NextRunSection({ nextRun }: { nextRun: Person['nextRun'] }) {
  const { t } = useTranslation();
  const { operations, held, reasons, memberReason } = nextRun;
  const isIdle = operations.length === 0 && held.length === 0;
  const isAgreed = isIdle && reasons.length === 0 && memberReason === null;
  return (
    <Section title={t('person.nextTitle')} hint={t('person.asRead')}>
      <Stack gap="sm">
        {isIdle && <Text>{t(isAgreed ? 'person.nextNothing' : 'person.nextNothingBecause')}</Text>}
        {operations.length > 0 && (
          <Stack component="ol" className="plain-list" gap="sm">
            {operations.map((operation) => (
              <li key={`${operation.kind} ${operation.contactId}`}>
                <Text fw={500}>{t(`operations.${operation.kind}.label`)}</Text>
                <BeforeAfter change={operation} />
                <Text size="sm" c="dimmed">
                  {t('person.because', { why: operation.why })}
                </Text>
              </li>
            ))}
          </Stack>
        )}
        {held.map(({ kind, state }) => (
          <Text key={`${kind} ${state}`} size="sm">
            {t(state === 'asked' ? 'person.heldAsked' : 'person.heldDropped', { what: t(`operations.${kind}.label`) })}
          </Text>
        ))}
        {reasons.map(({ contactId, reason, words }) => (
          <div key={contactId}>
            <Text size="sm" fw={500}>
              {t('person.forContact', { id: contactId, reason: t(`reasons.${reason}.label`) })}
            </Text>
            <Text size="sm">
              {t(`reasons.${reason}.sentence`)} {t(`reasons.${reason}.remedy`)}
            </Text>
            {words && (
              <Text size="sm" c="dimmed" className="break-anywhere">
                {t('undelivered.providerWords', { words })}
              </Text>
            )}
          </div>
        ))}
        {memberReason && (
          <div>
            <Text size="sm" fw={500}>
              {t('person.memberCounts', { reason: t(`memberReasons.${memberReason}.label`) })}
            </Text>
            <Text size="sm">
              {t(`memberReasons.${memberReason}.sentence`)} {t(`memberReasons.${memberReason}.remedy`)}
            </Text>
          </div>
        )}
      </Stack>
    </Section>
  );
}
