import { Button, Group, PasswordInput, Radio, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../../api.ts';
import type { Role } from '../../api-types.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { Section } from '../../components/section.tsx';
import { operatorsQuery } from '../../queries.ts';
import { ROLE_ORDER, SHORTEST_PASSWORD } from './role-order.ts';

/** Adds an account with a first password, which its owner is told and changes. */
export function AddUserForm() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm<{ name: string; role: Role; password: string }>({
    initialValues: { name: '', role: 'editor', password: '' },
    validate: {
      name: (value) => (value.trim() === '' ? t('firstOperator.nameMissing') : null),
      password: (value) => (value.length < SHORTEST_PASSWORD ? t('firstOperator.passwordTooShort') : null),
    },
  });
  const add = useMutation({
    mutationFn: (body: { name: string; role: Role; password: string }) => call('POST /api/operators', { body }),
    onSuccess: ({ operators }, { name }) => {
      client.setQueryData(operatorsQuery.queryKey, operators);
      form.reset();
      notifications.show({
        message: t('users.added', { name }),
        color: 'green',
        closeButtonProps: { 'aria-label': t('common.close') },
      });
    },
  });
  return (
    <Section title={t('users.addTitle')} hint={t('users.addText')}>
      <form onSubmit={form.onSubmit((values) => add.mutate(values))} noValidate>
        <Stack gap="md">
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput label={t('login.name')} autoComplete="off" maxLength={100} {...form.getInputProps('name')} />
            <PasswordInput
              label={t('users.firstPassword')}
              description={t('firstOperator.passwordHint')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              autoComplete="new-password"
              {...form.getInputProps('password')}
            />
          </SimpleGrid>
          <Radio.Group label={t('users.role')} {...form.getInputProps('role')}>
            <Stack gap="sm" mt="xs">
              {ROLE_ORDER.map((role) => (
                <Radio key={role} value={role} label={t(`roles.${role}`)} description={t(`users.may.${role}`)} />
              ))}
            </Stack>
          </Radio.Group>
          {add.error && <ErrorAlert error={add.error} />}
          <Group justify="flex-end">
            <Button type="submit" loading={add.isPending}>
              {t('users.add')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
