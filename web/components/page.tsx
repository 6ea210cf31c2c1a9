import { Group, Stack, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { BreakingText } from './breaking-text.tsx';

type PageProps = {
  title: string;
  /** buttons beside the title */
  actions?: ReactNode;
  children: ReactNode;
};

/** A page's heading and content. The heading takes the focus when the page is opened, so that it is read out. */
export function Page({ title, actions, children }: PageProps) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} – ${t('common.appName')}`;
  }, [title, t]);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <Stack gap="lg">
      <Group justify="space-between" gap="sm">
        <Title order={1} ref={heading} tabIndex={-1} className="break-anywhere" style={{ outline: 'none' }}>
          <BreakingText>{title}</BreakingText>
        </Title>
        {actions && <Group gap="sm">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  );
}
