import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { hasBearer } from '../bearer.ts';
import { saveFile } from '../save-file.ts';
import { Icon } from './icon.tsx';

/** Downloads a file of the HTTP API. @param opens shows it in a tab of its own instead, where a link can */
export function DownloadButton({ href, opens = false, children }: { href: string; opens?: boolean; children: string }) {
  const { t } = useTranslation();
  const save = useMutation({
    mutationFn: () => saveFile(href),
    onError: () =>
      notifications.show({
        message: t('common.failed'),
        color: 'red',
        closeButtonProps: { 'aria-label': t('common.close') },
      }),
  });
  const look = { variant: 'default', size: 'xs', leftSection: <Icon name="download" size={15} /> } as const;
  if (hasBearer()) {
    return (
      <Button {...look} loading={save.isPending} onClick={() => save.mutate()}>
        {children}
      </Button>
    );
  }
  const target = opens ? { target: '_blank', rel: 'noreferrer' } : { download: true };
  return (
    <Button component="a" href={href} {...target} {...look}>
      {children}
    </Button>
  );
}
