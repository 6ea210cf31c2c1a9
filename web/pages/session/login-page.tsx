import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../../api.ts';
import { Entrance } from '../../components/entrance.tsx';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { InfoAlert } from '../../components/info-alert.tsx';
import { aboutQuery, sessionQuery } from '../../queries.ts';

/** Name and password; afterwards the page that was asked for appears. */
export function LoginPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const about = useQuery(aboutQuery).data;
  const required = (value: string) => (value === '' ? t('setUp.fieldMissing') : null);
  const form = useForm({ initialValues: { name: '', password: '' }, validate: { name: required, password: required } });
  const logIn = useMutation({
    mutationFn: (body: { name: string; password: string }) => call('POST /api/session', { body }),
    onSuccess: (session) => client.setQueryData(sessionQuery.queryKey, session),
  });
  return (
    <Entrance title={t('login.title')}>
      {about?.needsOperator && <InfoAlert>{t('login.noOperator')}</InfoAlert>}
      {logIn.error && <ErrorAlert error={logIn.error} />}
      <form onSubmit={form.onSubmit((values) => logIn.mutate(values))} noValidate>
        <Stack gap="md">
          <TextInput label={t('login.name')} autoComplete="username" {...form.getInputProps('name')} />
          <PasswordInput
            label={t('login.password')}
            autoComplete="current-password"
            {...form.getInputProps('password')}
          />
          <Button type="submit" fullWidth loading={logIn.isPending}>
            {t('login.submit')}
          </Button>
        </Stack>
      </form>
    </Entrance>
  );
}
