import { Alert, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Background } from '../../api-types.ts';
import { ButtonLink } from '../../components/button-link.tsx';
import { Icon } from '../../components/icon.tsx';

/** What was held and waits for a person's answer (R12, M21); nothing where nothing waits. */
export function HeldAlert({ connectionId, held }: { connectionId: string; held: Background['held'] }) {
  const { t } = useTranslation();
  const count = held.reduce((sum, group) => sum + group.count, 0);
  if (count === 0) return null;
  return (
    <Alert color="orange" icon={<Icon name="question" />} title={t('held.alertTitle', { count })}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t('held.alertText')}</Text>
        <ButtonLink href={`/connections/${connectionId}/held`} size="xs">
          {t('held.toAnswer')}
        </ButtonLink>
      </Stack>
    </Alert>
  );
}
