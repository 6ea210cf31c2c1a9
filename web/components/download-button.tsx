import { Button } from '@mantine/core';
import { Icon } from './icon.tsx';

/** Downloads a file of the HTTP API. */
export function DownloadButton({ href, children }: { href: string; children: string }) {
  return (
    <Button
      component="a"
      href={href}
      download
      variant="default"
      size="xs"
      leftSection={<Icon name="download" size={15} />}
    >
      {children}
    </Button>
  );
}
