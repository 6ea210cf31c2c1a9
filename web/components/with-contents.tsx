import { Anchor, Box, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export type ContentsEntry = { /** of the element that the link leads to */ id: string; title: string };

/** A long page with links to its sections: beside it and always in sight where there is room, else folded in front. */
export function WithContents({ entries, children }: { entries: readonly ContentsEntry[]; children: ReactNode }) {
  const { t } = useTranslation();
  const links = (
    <ul className="plain-list page-links">
      {entries.map(({ id, title }) => (
        <li key={id}>
          <Anchor href={`#${id}`} size="sm">
            {title}
          </Anchor>
        </li>
      ))}
    </ul>
  );
  return (
    <div className="with-contents">
      <nav aria-label={t('common.contents')} className="page-contents">
        <Box visibleFrom="md">
          <Text size="xs" c="dimmed" mb={8} aria-hidden="true">
            {t('common.contents')}
          </Text>
          {links}
        </Box>
        <Box component="details" hiddenFrom="md" className="folded-contents">
          <summary>{t('common.contents')}</summary>
          {links}
        </Box>
      </nav>
      <div>{children}</div>
    </div>
  );
}
