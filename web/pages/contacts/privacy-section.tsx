import { Button, Group, Radio, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api.ts';
import type { Connection, ErasureOutcome } from '../../api-types.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { DownloadButton } from '../../components/download-button.tsx';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { Section } from '../../components/section.tsx';
import { usePermissions } from '../../session.ts';

type PrivacySectionProps = {
  connection: Connection;
  /** address, or record number of a contact without one */
  person: string;
  /** how the page calls the person */
  name: string;
  onErased: (outcomes: readonly ErasureOutcome[]) => void;
};

/** Answers requests for access and erasure of one person (R14). */
export function PrivacySection({ connection, person, name, onErased }: PrivacySectionProps) {
  const { t } = useTranslation();
  const { mayEdit, mayAdminister } = usePermissions();
  const [isAsking, setIsAsking] = useState(false);
  const [atProvider, setAtProvider] = useState<'suppress' | 'delete'>('suppress');
  const params = { connectionId: connection.id, person };
  const erase = useMutation({
    mutationFn: () =>
      call('POST /api/connections/:connectionId/people/:person/erasure', { params, body: { atProvider } }),
    onSuccess: ({ outcomes }) => onErased(outcomes),
  });
  if (!mayEdit) return null;
  const href = `/api/connections/${connection.id}/people/${encodeURIComponent(person)}/data`;
  const provider = t(`providers.${connection.provider}`);
  return (
    <Section title={t('privacy.title')} hint={t('privacy.hint')}>
      {erase.error && <ErrorAlert error={erase.error} />}
      <Stack gap="md">
        <Group justify="space-between" gap="sm">
          <Text size="sm" maw="60ch" className="beside-button">
            {t('privacy.exportHint')}
          </Text>
          <DownloadButton href={href}>{t('privacy.export')}</DownloadButton>
        </Group>
        {mayAdminister && (
          <Group justify="space-between" gap="sm">
            <Text size="sm" maw="60ch" className="beside-button">
              {t('privacy.eraseHint')}
            </Text>
            <Button color="red" variant="light" size="xs" loading={erase.isPending} onClick={() => setIsAsking(true)}>
              {t('privacy.erase')}
            </Button>
          </Group>
        )}
      </Stack>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        onConfirm={() => erase.mutate()}
        title={t('privacy.question', { who: name })}
        confirm={t('privacy.confirm')}
      >
        <Stack gap="md">
          <Text size="sm">{t('privacy.effect')}</Text>
          <Text size="sm">{t('privacy.crmFirst')}</Text>
          <Radio.Group
            label={t('privacy.atProvider', { provider })}
            value={atProvider}
            onChange={(chosen) => setAtProvider(chosen === 'delete' ? 'delete' : 'suppress')}
          >
            <Stack gap="sm" mt="xs">
              <Radio value="suppress" label={t('privacy.suppress')} description={t('privacy.suppressHint')} />
              <Radio
                value="delete"
                label={t('privacy.delete')}
                description={t(
                  connection.provider === 'brevo' ? 'privacy.deleteCostBrevo' : 'privacy.deleteCostMailchimp',
                )}
              />
            </Stack>
          </Radio.Group>
        </Stack>
      </ConfirmDialog>
    </Section>
  );
}
