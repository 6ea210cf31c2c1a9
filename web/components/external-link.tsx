import { Anchor, type AnchorProps, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './icon.tsx';

/** A link that leaves the page: opens a tab of its own and says so. */
export function ExternalLink({ href, children, ...rest }: AnchorProps & { href: string; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Anchor href={href} target="_blank" rel="noreferrer" {...rest}>
      {children} <Icon name="external" size={13} />
      <VisuallyHidden> ({t('common.openInNewTab')})</VisuallyHidden>
    </Anchor>
  );
}
