import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api.ts';
import type { AudienceChoice, Connection, ProviderKey } from '../../api-types.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { InfoAlert } from '../../components/info-alert.tsx';
import { aboutQuery, connectionsQuery } from '../../queries.ts';
import { useCrmCustomer } from '../../session.ts';
import { CrmKeys } from './crm-keys.tsx';
import { CrmOfActivation } from './crm-of-activation.tsx';
import { ProviderKeys } from './provider-keys.tsx';
import { useCrmCheck, useProviderCheck } from './use-checks.ts';

type KeysStepProps = {
  /** a connection that has ended and is to be made again: its audience is chosen */
  again: Connection | undefined;
  onCreated: (connection: Connection) => void;
};

const NO_KEYS = {};

/** Step 1: the keys of both sides, checked while the person waits, and the audience. */
export function KeysStep({ again, onCreated }: KeysStepProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const practice = useQuery(aboutQuery).data?.practice;
  const [crm, setCrm] = useState({ token: '', secret: '' });
  const [account, setAccount] = useState<{ provider: ProviderKey; apiKey: string }>({
    provider: again?.provider ?? 'mailchimp',
    apiKey: '',
  });
  const [audience, setAudience] = useState<AudienceChoice | null>(null);
  const [isSubmitted, setIsSubmitted] = useState(false);
  const crmCustomer = useCrmCustomer();
  const crmInput = crmCustomer === undefined ? crm : NO_KEYS;
  const crmCheck = useCrmCheck(crmInput);
  const providerCheck = useProviderCheck(account);
  const hasRoom = providerCheck.result !== undefined && providerCheck.result.onofficeAudience !== 'no-room';
  const former = providerCheck.result?.audiences.find(({ name }) => name === again?.audienceName);
  const isOnoffice = former === undefined || former.name === 'onoffice';
  const proposed = isOnoffice ? ({ choice: 'onoffice' } as const) : ({ choice: 'existing', id: former.id } as const);
  const chosen = audience ?? (hasRoom || !isOnoffice ? proposed : null);

  const create = useMutation({
    mutationFn: (choice: AudienceChoice) =>
      call('POST /api/connections', {
        body: { ...(crmCustomer === undefined ? { crm } : {}), ...account, audience: choice },
      }),
    onSuccess: (connection) => {
      client.setQueryData(connectionsQuery.queryKey, (list: Connection[] | undefined) => [
        ...(list ?? []).filter(({ id }) => id !== connection.id),
        connection,
      ]);
      onCreated(connection);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIsSubmitted(true);
    const isChosen = chosen !== null && (chosen.choice === 'onoffice' || chosen.id !== '');
    if (crmCheck.result && providerCheck.result && isChosen) return create.mutate(chosen);
    crmCheck.error ? crmCheck.check(crmInput) : crmCheck.checkIfNew();
    providerCheck.error ? providerCheck.check(account) : providerCheck.checkIfNew();
  };
  const fillPractice = () => {
    if (!practice) return;
    const { token, secret } = practice.crm;
    const { provider } = account;
    const { apiKey } = practice[provider];
    setAccount({ provider, apiKey });
    setAudience(null);
    if (crmCustomer === undefined) {
      setCrm({ token, secret });
      crmCheck.check({ token, secret });
    }
    providerCheck.check({ provider, apiKey });
  };

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        {again && <InfoAlert>{t('disconnect.againHint', { name: again.audienceName })}</InfoAlert>}
        {practice && (
          <InfoAlert>
            <Group justify="space-between" gap="sm">
              <Text size="sm" className="beside-button">
                {t('setUp.practiceHint')}
              </Text>
              <Button size="xs" variant="default" onClick={fillPractice}>
                {t('setUp.practiceFill')}
              </Button>
            </Group>
          </InfoAlert>
        )}
        {crmCustomer === undefined ? (
          <CrmKeys keys={crm} onChange={setCrm} check={crmCheck} showMissing={isSubmitted} />
        ) : (
          <CrmOfActivation customer={crmCustomer} check={crmCheck} />
        )}
        <ProviderKeys
          account={account}
          onChange={(changed) => {
            setAccount(changed);
            setAudience(null);
          }}
          check={providerCheck}
          audience={chosen}
          onChooseAudience={setAudience}
          showMissing={isSubmitted}
        />
        {create.error && <ErrorAlert error={create.error} />}
        <Group gap="sm">
          <Text size="sm" c="dimmed" maw="60ch" className="beside-button">
            {t('setUp.nothingWritten')}
          </Text>
          <Button type="submit" ml="auto" loading={create.isPending || crmCheck.isPending || providerCheck.isPending}>
            {t('common.continue')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
