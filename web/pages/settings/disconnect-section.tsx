import { Button, Group, Radio, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { call } from '../../api.ts';
import type { Connection } from '../../api-types.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { Section } from '../../components/section.tsx';
import { audienceEndQuery } from '../../queries.ts';

type AudienceEnd = 'keep' | 'take-out';

/** Ends the connection, after asking what is to become of the audience (U7). */
export function DisconnectSection({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const [isAsking, setIsAsking] = useState(false);
  const [audience, setAudience] = useState<AudienceEnd>('keep');
  const disconnect = useMutation({
    mutationFn: () =>
      call('POST /api/connections/:connectionId/disconnect', {
        params: { connectionId: connection.id },
        body: { audience },
      }),
    onSuccess: ({ state }) => {
      notifications.show({
        message: t(`disconnect.${state}`),
        closeButtonProps: { 'aria-label': t('common.close') },
      });
      navigate(state === 'removed' ? '/' : `/connections/${connection.id}`, { replace: true });
      void client.invalidateQueries();
    },
  });
  return (
    <Section anchor="disconnect" title={t('disconnect.title')} hint={t('disconnect.text')}>
      {disconnect.error && <ErrorAlert error={disconnect.error} />}
      <Group>
        <Button color="red" variant="light" loading={disconnect.isPending} onClick={() => setIsAsking(true)}>
          {t('disconnect.button')}
        </Button>
      </Group>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        onConfirm={() => disconnect.mutate()}
        title={t('disconnect.question', { name: connection.accountName })}
        confirm={t('disconnect.confirm')}
      >
        <Stack gap="md">
          {connection.state !== 'draft' && connection.state !== 'ready' && (
            <AudienceEndInput connection={connection} value={audience} onChange={setAudience} />
          )}
          <Text size="sm">{t('disconnect.warning')}</Text>
        </Stack>
      </ConfirmDialog>
    </Section>
  );
}

type AudienceEndInputProps = { connection: Connection; value: AudienceEnd; onChange: (end: AudienceEnd) => void };

function AudienceEndInput({ connection, value, onChange }: AudienceEndInputProps) {
  const { t } = useTranslation();
  const counts = useQuery(audienceEndQuery(connection.id));
  const { putByUs = 0, activeMembers = 0 } = counts.data ?? {};
  const isPossible = connection.state === 'active' && connection.wentBack?.isCaughtUp !== false;
  return (
    <Radio.Group
      label={t('disconnect.audience')}
      value={value}
      onChange={(chosen) => onChange(chosen === 'take-out' ? 'take-out' : 'keep')}
    >
      <Stack gap="sm" mt="xs">
        <Radio value="keep" label={t('disconnect.keep')} description={t('disconnect.keepHint')} />
        <Radio
          value="take-out"
          label={t('disconnect.takeOut')}
          description={
            isPossible
              ? counts.data && t('disconnect.takeOutHint', { put: putByUs, active: activeMembers })
              : t('disconnect.takeOutNotNow')
          }
          disabled={!isPossible || counts.data === undefined}
        />
      </Stack>
    </Radio.Group>
  );
}
