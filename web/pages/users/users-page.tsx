import { Badge, Button, Group, Select, Stack, Table, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api.ts';
import type { Operator, Role } from '../../api-types.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { Section } from '../../components/section.tsx';
import { useFormat } from '../../format.ts';
import { operatorsQuery } from '../../queries.ts';
import { usePermissions } from '../../session.ts';
import { AddUserForm } from './add-user-form.tsx';
import { OwnPasswordForm } from './own-password-form.tsx';
import { ROLE_ORDER } from './role-order.ts';

/** Accounts of the people who use the page, for administrators; one's own password for everybody (U7). */
export function UsersPage() {
  const { t } = useTranslation();
  const { mayAdminister } = usePermissions();
  return (
    <Page title={mayAdminister ? t('users.title') : t('users.ownTitle')}>
      {mayAdminister && <Accounts />}
      {mayAdminister && <AddUserForm />}
      <OwnPasswordForm />
    </Page>
  );
}

function Accounts() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const query = useQuery(operatorsQuery);
  const [leaving, setLeaving] = useState<Operator>();
  const store = ({ operators }: { operators: Operator[] }) => client.setQueryData(operatorsQuery.queryKey, operators);
  const setRole = useMutation({
    mutationFn: ({ id, role }: { id: string; role: Role }) =>
      call('PUT /api/operators/:operatorId', { params: { operatorId: id }, body: { role } }),
    onSuccess: store,
  });
  const remove = useMutation({
    mutationFn: (id: string) => call('DELETE /api/operators/:operatorId', { params: { operatorId: id } }),
    onSuccess: store,
  });
  return (
    <Section title={t('users.accounts')} hint={t('users.accountsText')}>
      {setRole.error && <ErrorAlert error={setRole.error} />}
      {remove.error && <ErrorAlert error={remove.error} />}
      <Loaded query={query} skeleton={[160]}>
        {(operators) => (
          <Table className="stacking-table" verticalSpacing="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('login.name')}</Table.Th>
                <Table.Th>{t('users.role')}</Table.Th>
                <Table.Th />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {operators.map((operator) => (
                <AccountRow
                  key={operator.id}
                  operator={operator}
                  isBusy={setRole.isPending}
                  onRole={(role) => setRole.mutate({ id: operator.id, role })}
                  onRemove={() => setLeaving(operator)}
                />
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Loaded>
      <ConfirmDialog
        isOpen={leaving !== undefined}
        onClose={() => setLeaving(undefined)}
        onConfirm={() => leaving && remove.mutate(leaving.id)}
        title={t('users.removeQuestion', { name: leaving?.name ?? '' })}
        confirm={t('users.removeConfirm')}
      >
        <Text size="sm">{t('users.removeText')}</Text>
      </ConfirmDialog>
    </Section>
  );
}

type AccountRowProps = { operator: Operator; isBusy: boolean; onRole: (role: Role) => void; onRemove: () => void };

function AccountRow({ operator, isBusy, onRole, onRemove }: AccountRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { name, role, isSelf, isLoggedIn, createdAt } = operator;
  return (
    <Table.Tr>
      <Table.Td>
        <Stack gap={2}>
          <Group gap="xs">
            <Text fw={500} className="break-anywhere">
              {name}
            </Text>
            {isSelf && (
              <Badge variant="light" tt="none" size="sm">
                {t('users.you')}
              </Badge>
            )}
          </Group>
          <Text size="sm" c="dimmed">
            {isLoggedIn ? t('users.loggedIn') : t('users.since', { date: format.date(createdAt) })}
          </Text>
        </Stack>
      </Table.Td>
      <Table.Td>
        <Select
          aria-label={t('users.roleOf', { name })}
          data={ROLE_ORDER.map((value) => ({ value, label: t(`roles.${value}`) }))}
          value={role}
          allowDeselect={false}
          disabled={isSelf || isBusy}
          onChange={(value) => {
            const chosen = ROLE_ORDER.find((known) => known === value);
            if (chosen) onRole(chosen);
          }}
          maw={220}
        />
      </Table.Td>
      <Table.Td className="count-cell">
        {!isSelf && (
          <Button variant="default" size="xs" onClick={onRemove} aria-label={t('users.removeOf', { name })}>
            {t('users.remove')}
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
