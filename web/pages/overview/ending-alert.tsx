import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api.ts';
import type { Overview } from '../../api-types.ts';
import { ButtonLink } from '../../components/button-link.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { Icon } from '../../components/icon.tsx';
import { noticeText } from '../../notice-text.ts';
import { usePermissions } from '../../session.ts';

/** Says that the connection is ending or has ended, and leads back (U7); nothing where it goes on. */
export function EndingAlert({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  const { mayAdminister } = usePermissions();
  const { connection, leaving } = overview;
  if (connection.state === 'leaving') return <LeavingAlert connectionId={connection.id} leaving={leaving} />;
  if (connection.state !== 'disconnected') return null;
  return (
    <Alert color="gray" icon={<Icon name="cross" />} title={t('disconnect.endedTitle')}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t('disconnect.endedText')}</Text>
        {mayAdminister && (
          <>
            <Text size="sm">{t('disconnect.againHint', { name: connection.audienceName })}</Text>
            <ButtonLink href={`/connections/new?again=${encodeURIComponent(connection.id)}`} size="xs">
              {t('disconnect.again')}
            </ButtonLink>
          </>
        )}
      </Stack>
    </Alert>
  );
}

function LeavingAlert({ connectionId, leaving }: { connectionId: string; leaving: Overview['leaving'] }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { mayAdminister } = usePermissions();
  const [isAsking, setIsAsking] = useState(false);
  const end = useMutation({
    mutationFn: () =>
      call('POST /api/connections/:connectionId/disconnect', { params: { connectionId }, body: { audience: 'keep' } }),
    onSuccess: () => void client.invalidateQueries(),
  });
  const { done = 0, total = 0, waitingFor = null } = leaving ?? {};
  return (
    <Alert color="yellow" icon={<Icon name="clock" />} title={t('disconnect.leavingTitle')}>
      <Stack gap="xs">
        <Text size="sm">{t('disconnect.leavingText')}</Text>
        <Progress
          value={total > 0 ? Math.min(100, (100 * done) / total) : 100}
          aria-label={t('disconnect.leavingTitle')}
        />
        <Text size="sm" className="tabular" role="status">
          {t('disconnect.leavingProgress', { done, total })}
        </Text>
        {waitingFor && <Text size="sm">{noticeText(waitingFor)}</Text>}
        {end.error && <ErrorAlert error={end.error} />}
        {mayAdminister && (
          <Group>
            <Button size="xs" variant="default" loading={end.isPending} onClick={() => setIsAsking(true)}>
              {t('disconnect.endNow')}
            </Button>
          </Group>
        )}
      </Stack>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        onConfirm={() => end.mutate()}
        title={t('disconnect.endNowQuestion')}
        confirm={t('disconnect.endNow')}
      >
        <Text size="sm">{t('disconnect.endNowText')}</Text>
      </ConfirmDialog>
    </Alert>
  );
}
