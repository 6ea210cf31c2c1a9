import { Alert, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearchParams } from 'wouter';
import { call } from '../../api.ts';
import { Entrance } from '../../components/entrance.tsx';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { Icon } from '../../components/icon.tsx';
import { sessionQuery } from '../../queries.ts';

const SHORTEST_PASSWORD = 10;

/** Where the one-time link of the first start leads: creates the first account and logs in. */
export function FirstOperatorPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const [search] = useSearchParams();
  const token = search.get('token') ?? '';
  const form = useForm({
    initialValues: { name: '', password: '' },
    validate: {
      name: (value) => (value.trim() === '' ? t('firstOperator.nameMissing') : null),
      password: (value) => (value.length < SHORTEST_PASSWORD ? t('firstOperator.passwordTooShort') : null),
    },
  });
  const create = useMutation({
    mutationFn: (values: { name: string; password: string }) =>
      call('POST /api/operators/first', { body: { token, ...values } }),
    onSuccess: (session) => {
      client.clear();
      client.setQueryData(sessionQuery.queryKey, session);
      navigate('/', { replace: true });
    },
  });
  return (
    <Entrance title={t('firstOperator.title')}>
      {token === '' ? (
        <Alert color="red" icon={<Icon name="alert" />} role="alert">
          {t('firstOperator.linkMissing')}
        </Alert>
      ) : (
        <form onSubmit={form.onSubmit((values) => create.mutate(values))} noValidate>
          <Stack gap="md">
            <Text size="sm" c="dimmed">
              {t('firstOperator.intro')}
            </Text>
            {create.error && <ErrorAlert error={create.error} />}
            <TextInput label={t('login.name')} autoComplete="username" {...form.getInputProps('name')} />
            <PasswordInput
              label={t('login.password')}
              description={t('firstOperator.passwordHint')}
              autoComplete="new-password"
              {...form.getInputProps('password')}
            />
            <Button type="submit" fullWidth loading={create.isPending}>
              {t('firstOperator.submit')}
            </Button>
          </Stack>
        </form>
      )}
    </Entrance>
  );
}
