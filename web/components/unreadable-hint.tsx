import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Stands where numbers or people are shown that were read with other rights than the reader's (M29). */
export function UnreadableHint() {
  const { t } = useTranslation();
  return (
    <Text size="xs" c="dimmed">
      {t('overview.partlyUnreadable')}
    </Text>
  );
}
