import { Alert, Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { EmptyState } from './empty-state.tsx';
import { Icon } from './icon.tsx';

type NobodyFoundProps = {
  isFiltered: boolean;
  /** said where nothing is filtered: a good sign */
  none: string;
  noneFiltered: string;
  onShowAll: () => void;
};

/** Instead of an empty list of people: that there is nobody, or a way back to all. */
export function NobodyFound({ isFiltered, none, noneFiltered, onShowAll }: NobodyFoundProps) {
  const { t } = useTranslation();
  if (!isFiltered) {
    return (
      <Alert color="green" icon={<Icon name="check" />}>
        {none}
      </Alert>
    );
  }
  return (
    <EmptyState icon="search" text={noneFiltered}>
      <Button variant="default" onClick={onShowAll}>
        {t('undelivered.clearFilter')}
      </Button>
    </EmptyState>
  );
}
