import { Badge, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { JournalEntry } from '../api-types.ts';
import { useFormat } from '../format.ts';
import { noticeText } from '../notice-text.ts';

const COUNTS = ['added', 'updated', 'optOuts', 'created', 'takenOut', 'refused', 'heldBack'] as const;

/** One entry of the journal as an item of a list: what happened, when, and how much. */
export function JournalLine({ entry }: { entry: JournalEntry }) {
  const { t } = useTranslation();
  const format = useFormat();
  const counts = COUNTS.flatMap((name) => {
    const count = entry.params[name];
    return typeof count === 'number' && count > 0 ? [t(`journalCounts.${name}`, { count })] : [];
  });
  return (
    <li>
      <Group gap={8} align="flex-start" wrap="nowrap">
        <Text size="sm">{noticeText(entry)}</Text>
        {entry.isAlarm && (
          <Badge color="red" variant="light" tt="none" size="sm" style={{ flexShrink: 0 }}>
            {t('journalPage.alarm')}
          </Badge>
        )}
      </Group>
      <Text size="xs" c="dimmed">
        <time dateTime={entry.at} title={format.instant(entry.at)}>
          {format.ago(entry.at)}
        </time>
        {entry.by && ` · ${entry.by.isCommandLine ? t('users.commandLine') : (entry.by.name ?? t('users.former'))}`}
        {counts.length > 0 && ` · ${counts.join(', ')}`}
      </Text>
    </li>
  );
}
