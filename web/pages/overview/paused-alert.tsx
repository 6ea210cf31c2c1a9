import { Alert, Button, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../api-types.ts';
import { useBackgroundActions } from '../../background-actions.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { Icon } from '../../components/icon.tsx';
import { useFormat } from '../../format.ts';
import { usePermissions } from '../../session.ts';

/** Says that the background work is paused, and lets it go on (U7); nothing where it is not. */
export function PausedAlert({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { mayEdit } = usePermissions();
  const { unpause } = useBackgroundActions(connection.id);
  if (connection.pausedAt === null) return null;
  return (
    <Alert color="yellow" icon={<Icon name="clock" />} title={t('background.pausedTitle')}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t('background.pausedText', { when: format.instant(connection.pausedAt) })}</Text>
        {unpause.error && <ErrorAlert error={unpause.error} />}
        {mayEdit && (
          <Button size="xs" loading={unpause.isPending} onClick={() => unpause.mutate()}>
            {t('background.unpause')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
