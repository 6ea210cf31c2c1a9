import { Button, Group, PasswordInput, SimpleGrid, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../../api.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { Section } from '../../components/section.tsx';
import { SHORTEST_PASSWORD } from './role-order.ts';

/** Changes one's own password; all other sessions of the account end. */
export function OwnPasswordForm() {
  const { t } = useTranslation();
  const form = useForm({
    initialValues: { current: '', password: '' },
    validate: {
      current: (value) => (value === '' ? t('setUp.fieldMissing') : null),
      password: (value) => (value.length < SHORTEST_PASSWORD ? t('firstOperator.passwordTooShort') : null),
    },
  });
  const change = useMutation({
    mutationFn: (body: { current: string; password: string }) => call('PUT /api/session/password', { body }),
    onSuccess: () => {
      form.reset();
      notifications.show({
        message: t('users.passwordChanged'),
        color: 'green',
        closeButtonProps: { 'aria-label': t('common.close') },
      });
    },
  });
  return (
    <Section title={t('users.passwordTitle')} hint={t('users.passwordText')}>
      <form onSubmit={form.onSubmit((values) => change.mutate(values))} noValidate>
        <Stack gap="md">
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <PasswordInput
              label={t('users.currentPassword')}
              autoComplete="current-password"
              {...form.getInputProps('current')}
            />
            <PasswordInput
              label={t('users.newPassword')}
              description={t('firstOperator.passwordHint')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              autoComplete="new-password"
              {...form.getInputProps('password')}
            />
          </SimpleGrid>
          {change.error && <ErrorAlert error={change.error} />}
          <Group justify="flex-end">
            <Button type="submit" variant="default" loading={change.isPending}>
              {t('users.changePassword')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
