import { Alert, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Background } from '../../api-types.ts';
import { ButtonLink } from '../../components/button-link.tsx';
import { Icon } from '../../components/icon.tsx';

type HeldAlertProps = { connectionId: string; background: Background };

/** What was held and waits for a person's answer (R12, M21), and tags that do (R11); nothing where nothing waits. */
export function HeldAlert({ connectionId, background }: HeldAlertProps) {
  const { t } = useTranslation();
  const { held, askedTags } = background;
  const changes = held.reduce((sum, group) => sum + group.count, 0);
  if (changes === 0 && askedTags === 0) return null;
  const tagsTitle = t('askedTags.alertTitle', { count: askedTags });
  return (
    <Alert
      color="orange"
      icon={<Icon name="question" />}
      title={changes > 0 ? t('held.alertTitle', { count: changes }) : tagsTitle}
    >
      <Stack gap="xs" align="flex-start">
        {changes > 0 && <Text size="sm">{t('held.alertText')}</Text>}
        {askedTags > 0 && (
          <Text size="sm">{changes > 0 ? `${tagsTitle}. ${t('askedTags.alertText')}` : t('askedTags.alertText')}</Text>
        )}
        <ButtonLink href={`/connections/${connectionId}/held`} size="xs">
          {t('held.toAnswer')}
        </ButtonLink>
      </Stack>
    </Alert>
  );
}
