import { Anchor, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Person } from '../../api-types.ts';
import { Section } from '../../components/section.tsx';
import { useFormat } from '../../format.ts';
import { notWrittenText } from '../campaigns/not-written-text.ts';

/** What became of newsletters to a person, and whether it stands in the CRM (M26). */
export function MailsSection({ mails }: { mails: Person['mails'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Section title={t('campaigns.ofPerson')}>
      {mails.length === 0 ? (
        <Text size="sm">{t('campaigns.ofPersonNone')}</Text>
      ) : (
        <Stack component="ol" className="plain-list" gap="sm">
          {mails.map(({ kind, campaignId, campaignName, happenedAt, detail, state, reason }) => (
            <li key={`${kind} ${campaignId} ${happenedAt}`}>
              <Text size="sm" fw={500}>
                {[t(`activities.${kind}.label`), campaignName].filter(Boolean).join(': ')}
              </Text>
              {kind === 'clicked' && /^https?:/.test(detail) && (
                <Anchor href={detail} target="_blank" rel="noreferrer" size="sm" className="break-anywhere">
                  {detail}
                </Anchor>
              )}
              <Text size="xs" c="dimmed">
                {[format.instant(happenedAt), t(`campaigns.states.${state}`), reason && notWrittenText(t, reason)]
                  .filter(Boolean)
                  .join(' · ')}
              </Text>
            </li>
          ))}
        </Stack>
      )}
    </Section>
  );
}
