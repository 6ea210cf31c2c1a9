import { useMutation, useQueries, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../../api.ts';
import type { Connection, Settings } from '../../api-types.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { SettingsForm } from '../../components/settings-form.tsx';
import { storeRun } from '../../live.ts';
import { connectionsQuery, fieldsQuery, settingsQuery } from '../../queries.ts';

type FieldsStepProps = { connectionId: string; onSaved: () => void };

/** Step 2: fields, activities, opt-out value. Saving makes audience, fields and webhook, then the preview is begun. */
export function FieldsStep({ connectionId, onSaved }: FieldsStepProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [fields, settings] = useQueries({ queries: [fieldsQuery(connectionId), settingsQuery(connectionId)] });
  const save = useMutation({
    mutationFn: (body: Settings) =>
      call('PUT /api/connections/:connectionId/settings', { params: { connectionId }, body }),
    onSuccess: async ({ connection }, body) => {
      client.setQueryData(settingsQuery(connectionId).queryKey, body);
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
  return (
    <Loaded query={fields} skeleton={[280, 200]}>
      {(fieldSettings) => (
        <Loaded query={settings} skeleton={[281, 201]}>
          {(current) => (
            <SettingsForm
              key={JSON.stringify([fieldSettings.mapping, current])}
              fields={fieldSettings}
              settings={current}
              onSubmit={(changed) => save.mutate(changed)}
              isSaving={save.isPending}
              submitLabel={t('setUp.saveAndPreview')}
              hint={t('setUp.saveHint')}
              error={save.error && <ErrorAlert error={save.error} />}
            />
          )}
        </Loaded>
      )}
    </Loaded>
  );
}
