import { Text } from '@mantine/core';
import type { Notice } from '../api-types.ts';
import { noticeText, noticeWords } from '../notice-text.ts';

/** A notice's sentence and, below it, the outside system's own words. */
export function NoticeLines({ notice }: { notice: Pick<Notice, 'code'> & { params?: Notice['params'] } }) {
  const words = noticeWords(notice);
  return (
    <div>
      <Text size="sm">{noticeText(notice)}</Text>
      {words && (
        <Text size="sm" c="dimmed" className="break-anywhere">
          {words}
        </Text>
      )}
    </div>
  );
}
