import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { call } from '../../api.ts';
import { DownloadButton } from '../../components/download-button.tsx';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { Section } from '../../components/section.tsx';
import { tenantsQuery } from '../../queries.ts';

/** Deletes all data of the onOffice customer, offering the opt-outs as a file first (U7, R14). */
export function TenantSection({ connectionId }: { connectionId: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const [isAsking, setIsAsking] = useState(false);
  const [typed, setTyped] = useState('');
  const tenant = useQuery(tenantsQuery).data?.find(({ connections }) =>
    connections.some(({ id }) => id === connectionId),
  );
  const remove = useMutation({
    mutationFn: (tenantId: string) =>
      call('DELETE /api/tenants/:tenantId', { params: { tenantId }, body: { name: typed } }),
    onSuccess: ({ hooksLeft }) => {
      const message = [
        t('privacy.tenantDone', { name: tenant?.name ?? '' }),
        ...(hooksLeft > 0 ? [t('privacy.tenantHooksLeft', { hooks: hooksLeft })] : []),
      ].join(' ');
      notifications.show({ message, closeButtonProps: { 'aria-label': t('common.close') } });
      navigate('/', { replace: true });
      void client.invalidateQueries();
    },
  });
  if (!tenant) return null;
  return (
    <Section anchor="tenant" title={t('privacy.tenantTitle')} hint={t('privacy.tenantText')}>
      <Group>
        <Button color="red" variant="light" onClick={() => setIsAsking(true)}>
          {t('privacy.tenantButton')}
        </Button>
      </Group>
      <Modal
        opened={isAsking}
        onClose={() => setIsAsking(false)}
        title={
          <Text component="span" fw={650}>
            {t('privacy.tenantQuestion', { name: tenant.name })}
          </Text>
        }
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            remove.mutate(tenant.id);
          }}
        >
          <Stack gap="md">
            <Text size="sm">{t('privacy.tenantOptOuts')}</Text>
            <div>
              <DownloadButton href={`/api/tenants/${tenant.id}/opt-outs.csv`}>
                {t('privacy.tenantDownload')}
              </DownloadButton>
            </div>
            <TextInput
              label={t('privacy.tenantName', { name: tenant.name })}
              value={typed}
              onChange={({ currentTarget }) => setTyped(currentTarget.value)}
              autoComplete="off"
              spellCheck={false}
            />
            {remove.error && <ErrorAlert error={remove.error} />}
            <Group justify="flex-end" gap="sm" className="dialog-end">
              <Button variant="default" onClick={() => setIsAsking(false)} data-autofocus>
                {t('common.cancel')}
              </Button>
              <Button type="submit" color="red.9" loading={remove.isPending} disabled={typed.trim() !== tenant.name}>
                {t('privacy.tenantConfirm')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </Section>
  );
}
