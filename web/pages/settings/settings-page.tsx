import { Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../../api.ts';
import type { Connection, Settings } from '../../api-types.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { SettingsForm } from '../../components/settings-form.tsx';
import { WithContents } from '../../components/with-contents.tsx';
import { connectionsQuery, fieldsQuery, settingsQuery } from '../../queries.ts';
import { usePermissions } from '../../session.ts';
import { DisconnectSection } from './disconnect-section.tsx';
import { KeysSection } from './keys-section.tsx';
import { settingsSections } from './settings-sections.ts';
import { TenantSection } from './tenant-section.tsx';
import { WebhookSection } from './webhook-section.tsx';

/** Mapping, activities, opt-out value, access data, and the way out (U7). */
export function SettingsPage({ connectionId }: { connectionId: string }) {
  const { t } = useTranslation();
  const { mayAdminister } = usePermissions();
  const connection = useQuery(connectionsQuery).data?.find(({ id }) => id === connectionId);
  if (connection?.state === 'disconnected') {
    return (
      <Page title={t('settings.title')}>
        <Text c="dimmed" maw="75ch">
          {t('disconnect.endedText')}
        </Text>
        {mayAdminister && <TenantSection connectionId={connectionId} />}
      </Page>
    );
  }
  return (
    <Page title={t('settings.title')}>
      {!mayAdminister && <Text c="dimmed">{t('settings.readOnly')}</Text>}
      {connection && <Sections connection={connection} />}
    </Page>
  );
}

function Sections({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  const { mayAdminister } = usePermissions();
  const { id, state } = connection;
  const form = useQueries({ queries: [fieldsQuery(id), settingsQuery(id)] });
  const hasForm = !form.some(({ isError }) => isError);
  return (
    <WithContents entries={settingsSections(t, { connection, mayAdminister, hasForm })}>
      <Stack gap="lg">
        <CurrentSettings connection={connection} />
        {state !== 'draft' && <WebhookSection connectionId={id} />}
        {mayAdminister && (
          <>
            <KeysSection connection={connection} />
            {state !== 'leaving' && <DisconnectSection connection={connection} />}
            <TenantSection connectionId={id} />
          </>
        )}
      </Stack>
    </WithContents>
  );
}

function CurrentSettings({ connection: { id: connectionId, provider } }: { connection: Connection }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { mayAdminister } = usePermissions();
  const [fields, settings] = useQueries({ queries: [fieldsQuery(connectionId), settingsQuery(connectionId)] });
  const save = useMutation({
    mutationFn: (body: Settings) =>
      call('PUT /api/connections/:connectionId/settings', { params: { connectionId }, body }),
    onSuccess: (_, body) => {
      client.setQueryData(settingsQuery(connectionId).queryKey, body);
      void client.invalidateQueries({ queryKey: ['fields', connectionId] });
      notifications.show({
        message: t('settings.saved'),
        color: 'green',
        closeButtonProps: { 'aria-label': t('common.close') },
      });
    },
  });
  return (
    <Loaded query={fields} skeleton={[280, 200]}>
      {(fieldSettings) => (
        <Loaded query={settings} skeleton={[281, 201]}>
          {(current) => (
            <SettingsForm
              provider={provider}
              key={JSON.stringify([fieldSettings.mapping, current])}
              fields={fieldSettings}
              settings={current}
              onSubmit={(changed) => save.mutate(changed)}
              isSaving={save.isPending}
              isReadOnly={!mayAdminister}
              hasRepair
              connectionId={connectionId}
              submitLabel={t('settings.save')}
              error={save.error && <ErrorAlert error={save.error} />}
            />
          )}
        </Loaded>
      )}
    </Loaded>
  );
}
