import { Alert, Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../api-types.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { Icon } from '../../components/icon.tsx';
import { noticeText } from '../../notice-text.ts';
import { useRunActions } from '../../run-actions.ts';
import { usePermissions } from '../../session.ts';

/** Says that somebody else may be working on the audience, and lets an administrator take it over (F9). */
export function TwinAlert({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  const { mayAdminister } = usePermissions();
  const { takeOver } = useRunActions(connection.id);
  const [isAsking, setIsAsking] = useState(false);
  if (!connection.twin) return null;
  const { cause } = connection.twin;
  return (
    <Alert color="red" icon={<Icon name="alert" />} title={t('overview.twinTitle')} role="alert">
      <Stack gap="xs" align="flex-start">
        <Text size="sm" fw={600}>
          {noticeText({ code: `twin.${cause}` })}
        </Text>
        <Text size="sm">{t('overview.twinText')}</Text>
        <Text size="sm">{cause === 'foreign_hook' ? t('overview.twinWhatForeign') : t('overview.twinWhatCopy')}</Text>
        {takeOver.isError && <ErrorAlert error={takeOver.error} />}
        {mayAdminister && (
          <Button size="xs" loading={takeOver.isPending} onClick={() => setIsAsking(true)}>
            {t('overview.takeOver')}
          </Button>
        )}
      </Stack>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        onConfirm={() => takeOver.mutate()}
        title={t('overview.takeOverQuestion')}
        confirm={t('overview.takeOverConfirm')}
      >
        <Text size="sm">{cause === 'foreign_hook' ? t('overview.twinText') : t('overview.takeOverWarning')}</Text>
      </ConfirmDialog>
    </Alert>
  );
}
