import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from './icon.tsx';

type BeforeAfterProps = { change: { before: string; after: string }; fw?: number; c?: string };

/** What was before a change and what comes after it; nothing where it says nothing. */
export function BeforeAfter({ change: { before, after }, ...look }: BeforeAfterProps) {
  const { t } = useTranslation();
  if (!before && !after) return null;
  return (
    <Text size="sm" className="break-anywhere" {...look}>
      {before || t('person.nothing')} <Icon name="arrow" size={12} label={t('person.becomes')} />{' '}
      {after || t('person.nothing')}
    </Text>
  );
}
