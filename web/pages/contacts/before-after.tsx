import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/icon.tsx';

type BeforeAfterProps = { change: { before: string; after: string }; fw?: number };

/** What was before a change and what comes after it; nothing where it says nothing. */
export function BeforeAfter({ change: { before, after }, fw = 400 }: BeforeAfterProps) {
  const { t } = useTranslation();
  if (!before && !after) return null;
  return (
    <Text size="sm" fw={fw} className="break-anywhere">
      {before || t('person.nothing')} <Icon name="arrow" size={12} label={t('person.becomes')} />{' '}
      {after || t('person.nothing')}
    </Text>
  );
}
