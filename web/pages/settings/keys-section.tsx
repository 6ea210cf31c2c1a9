import { Button, Group, PasswordInput, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../../api.ts';
import type { Connection } from '../../api-types.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { Section } from '../../components/section.tsx';
import { useCrmCustomer } from '../../session.ts';

type NewKeys = { token: string; secret: string; apiKey: string };

/** Replaces the keys of one side or both; the server checks them before it saves them. */
export function KeysSection({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const crmCustomer = useCrmCustomer();
  const isHalf = ({ token, secret }: NewKeys) => (token.trim() === '') !== (secret.trim() === '');
  const complain = (value: string, values: NewKeys) =>
    isHalf(values) && value.trim() === '' ? t('setUp.fieldMissing') : null;
  const form = useForm<NewKeys>({
    initialValues: { token: '', secret: '', apiKey: '' },
    validate: { token: complain, secret: complain },
  });
  const replace = useMutation({
    mutationFn: ({ token, secret, apiKey }: NewKeys) =>
      call('PUT /api/connections/:connectionId/keys', {
        params: { connectionId: connection.id },
        body: {
          ...(token.trim() === '' ? {} : { crm: { token, secret } }),
          ...(apiKey.trim() === '' ? {} : { apiKey }),
        },
      }),
    onSuccess: () => {
      form.reset();
      void client.invalidateQueries();
      notifications.show({
        message: t('settings.keysSaved'),
        color: 'green',
        closeButtonProps: { 'aria-label': t('common.close') },
      });
    },
  });
  const isEmpty = Object.values(form.values).every((value) => value.trim() === '');
  return (
    <Section anchor="keys" title={t('settings.keysTitle')} hint={t('settings.keysText')}>
      <form onSubmit={form.onSubmit((values) => replace.mutate(values))} noValidate>
        <Stack gap="md">
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {crmCustomer === undefined && (
              <>
                <TextInput
                  label={`onOffice: ${t('settings.newToken')}`}
                  autoComplete="off"
                  spellCheck={false}
                  {...form.getInputProps('token')}
                />
                <PasswordInput
                  label={`onOffice: ${t('settings.newSecret')}`}
                  autoComplete="off"
                  {...form.getInputProps('secret')}
                />
              </>
            )}
            <PasswordInput
              label={`${t(`providers.${connection.provider}`)}: ${t('settings.newApiKey')}`}
              autoComplete="off"
              {...form.getInputProps('apiKey')}
            />
          </SimpleGrid>
          {crmCustomer !== undefined && (
            <Text size="sm" c="dimmed">
              {t('inside.crmOfActivation', { customer: crmCustomer })}
            </Text>
          )}
          <Text size="sm" c="dimmed">
            {t('settings.providerFixed', { provider: t(`providers.${connection.provider}`) })}
          </Text>
          {replace.error && <ErrorAlert error={replace.error} />}
          <Group justify="flex-end">
            <Button type="submit" variant="default" loading={replace.isPending} disabled={isEmpty}>
              {t('settings.keysSave')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
