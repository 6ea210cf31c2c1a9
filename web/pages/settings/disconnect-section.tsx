import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { call } from '../../api.ts';
import type { Connection } from '../../api-types.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { Section } from '../../components/section.tsx';
import { connectionsQuery } from '../../queries.ts';

/** Ends the connection, after asking. */
export function DisconnectSection({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const [isAsking, setIsAsking] = useState(false);
  const disconnect = useMutation({
    mutationFn: () => call('DELETE /api/connections/:connectionId', { params: { connectionId: connection.id } }),
    onSuccess: () => {
      notifications.show({
        message: t('settings.disconnected'),
        closeButtonProps: { 'aria-label': t('common.close') },
      });
      navigate('/', { replace: true });
      void client.invalidateQueries({ queryKey: connectionsQuery.queryKey });
    },
  });
  return (
    <Section title={t('settings.disconnectTitle')} hint={t('settings.disconnectText')}>
      {disconnect.error && <ErrorAlert error={disconnect.error} />}
      <Group>
        <Button color="red" variant="light" loading={disconnect.isPending} onClick={() => setIsAsking(true)}>
          {t('settings.disconnect')}
        </Button>
      </Group>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        onConfirm={() => disconnect.mutate()}
        title={t('settings.disconnectQuestion', { name: connection.accountName })}
        confirm={t('settings.disconnectConfirm')}
      >
        <Text>{t('settings.disconnectWarning')}</Text>
      </ConfirmDialog>
    </Section>
  );
}
