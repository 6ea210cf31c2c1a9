import { Group, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from './icon.tsx';

type ReasonFilterProps<R extends string> = {
  counts: readonly { reason: R; count: number }[];
  labelOf: (reason: R) => string;
  /** the chosen one */
  reason: R | undefined;
  onChooseReason: (reason: string | null) => void;
  search: string;
  onSearch: (search: string) => void;
};

/** Chooses one of the reasons that occur, each with its number, and searches for a name or an address. */
export function ReasonFilter<R extends string>(props: ReasonFilterProps<R>) {
  const { counts, labelOf, reason, onChooseReason, search, onSearch } = props;
  const { t } = useTranslation();
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const option = (name: string, count: number) => t('undelivered.option', { name, count });
  const offered = counts.filter(({ count, reason: other }) => count > 0 || other === reason);
  const choices = offered.map((row): { value: string; label: string } => ({
    value: row.reason,
    label: option(labelOf(row.reason), row.count),
  }));
  // chosen by a link, although it has nobody at the moment
  if (reason && !offered.some((row) => row.reason === reason)) {
    choices.push({ value: reason, label: option(labelOf(reason), 0) });
  }
  return (
    <Group gap="md" align="flex-end">
      <Select
        label={t('undelivered.reason')}
        data={[{ value: '', label: option(t('undelivered.allReasons'), total) }, ...choices]}
        value={reason ?? ''}
        onChange={(value) => onChooseReason(value === '' ? null : value)}
        allowDeselect={false}
        w={{ base: '100%', xs: 300 }}
      />
      <TextInput
        label={t('undelivered.search')}
        type="search"
        leftSection={<Icon name="search" size={16} />}
        value={search}
        onChange={({ currentTarget }) => onSearch(currentTarget.value)}
        w={{ base: '100%', xs: 320 }}
      />
    </Group>
  );
}
