import { Radio, Select, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AudienceChoice, ProviderCheck } from '../../api-types.ts';

type AudienceChoiceInputProps = {
  found: ProviderCheck;
  value: AudienceChoice | null;
  onChange: (choice: AudienceChoice) => void;
  showMissing: boolean;
};

/** The audience `onoffice`, found or to be made, or an existing one; without room only the latter (M2). */
export function AudienceChoiceInput({ found, value, onChange, showMissing }: AudienceChoiceInputProps) {
  const { t } = useTranslation();
  const own = found.audiences.find(({ name }) => name === 'onoffice');
  const hasRoom = found.onofficeAudience !== 'no-room';
  const chosen = value?.choice ?? (hasRoom ? 'onoffice' : 'existing');
  const ownTexts = {
    found: {
      label: t('setUp.audienceFound'),
      description: t('setUp.audienceFoundHint', { count: own?.memberCount ?? 0 }),
    },
    'will-be-created': { label: t('setUp.audienceCreated'), description: t('setUp.audienceCreatedHint') },
    'no-room': { label: t('setUp.audienceNoRoom'), description: t('setUp.audienceNoRoomHint') },
  }[found.onofficeAudience];
  const isMissing = showMissing && (value === null || (value.choice === 'existing' && value.id === ''));
  return (
    <Stack gap="sm">
      <Radio.Group
        label={t('setUp.audience')}
        value={chosen}
        onChange={(choice) => onChange(choice === 'onoffice' ? { choice: 'onoffice' } : { choice: 'existing', id: '' })}
      >
        <Stack gap="sm" mt={6}>
          <Radio value="onoffice" {...ownTexts} disabled={!hasRoom} />
          <Radio value="existing" label={t('setUp.audienceExisting')} disabled={found.audiences.length === 0} />
        </Stack>
      </Radio.Group>
      {chosen === 'existing' && (
        <Select
          label={t('setUp.audienceSelect')}
          data={found.audiences.map(({ id, name, memberCount }) => ({
            value: id,
            label: t('setUp.audienceOption', { name, count: memberCount }),
          }))}
          value={value?.choice === 'existing' ? value.id : null}
          onChange={(id) => id && onChange({ choice: 'existing', id })}
          error={isMissing ? t('setUp.audienceMissing') : undefined}
          allowDeselect={false}
          maw={420}
        />
      )}
    </Stack>
  );
}
