import { Button } from '@mantine/core';
import { useMutation, useQueries, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ApiError, call } from '../../api.ts';
import type { Connection, Settings } from '../../api-types.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { SettingsForm } from '../../components/settings-form.tsx';
import { storeRun } from '../../live.ts';
import { connectionsQuery, fieldsQuery, settingsQuery } from '../../queries.ts';

type FieldsStepProps = { connection: Connection; onSaved: () => void };

/** Step 2: fields, activities, opt-out value. Saving makes audience, fields and webhook, then the preview is begun. */
export function FieldsStep({ connection: { id: connectionId, provider }, onSaved }: FieldsStepProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [fields, settings] = useQueries({ queries: [fieldsQuery(connectionId), settingsQuery(connectionId)] });
  const save = useMutation({
    mutationFn: ({ settings, takesOver }: { settings: Settings; takesOver: boolean }) =>
      call('PUT /api/connections/:connectionId/settings', {
        params: { connectionId },
        body: { ...settings, takesOver },
      }),
    onSuccess: async ({ connection }, { settings: saved }) => {
      client.setQueryData(settingsQuery(connectionId).queryKey, saved);
      client.setQueryData(connectionsQuery.queryKey, (list: Connection[] | undefined) =>
        list?.map((other) => (other.id === connection.id ? connection : other)),
      );
      void client.invalidateQueries({ queryKey: ['overview', connectionId] });
      // what was to be created exists now
      void client.invalidateQueries({ queryKey: ['fields', connectionId] });
      const run = await call('POST /api/connections/:connectionId/runs', {
        params: { connectionId },
        body: { preview: true },
      }).catch(() => undefined);
      if (run) storeRun(client, connectionId, run);
      onSaved();
    },
  });
  const takeOver = () => {
    if (save.variables) save.mutate({ ...save.variables, takesOver: true });
  };
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
              onSubmit={(changed) => save.mutate({ settings: changed, takesOver: false })}
              isSaving={save.isPending}
              submitLabel={t('setUp.saveAndPreview')}
              hint={t('setUp.saveHint')}
              error={save.error && <SaveError error={save.error} onTakeOver={takeOver} />}
            />
          )}
        </Loaded>
      )}
    </Loaded>
  );
}

/** An audience that somebody else looks after may be taken over all the same (F9). */
function SaveError({ error, onTakeOver }: { error: Error; onTakeOver: () => void }) {
  const { t } = useTranslation();
  return (
    <ErrorAlert error={error}>
      {error instanceof ApiError && error.code === 'foreign_hook' && (
        <Button variant="default" size="xs" onClick={onTakeOver}>
          {t('setUp.takeOver')}
        </Button>
      )}
    </ErrorAlert>
  );
}
