import { Paper, Stack, Text, ThemeIcon } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

type EmptyStateProps = { icon: IconName; text: string /** a way out */; children?: ReactNode };

/** Where there would be a list: says why there is none. Read out when it comes. */
export function EmptyState({ icon, text, children }: EmptyStateProps) {
  return (
    <Paper p="xl">
      <Stack align="center" gap="md">
        <ThemeIcon size={44} radius="xl" variant="light" color="gray">
          <Icon name={icon} size={22} />
        </ThemeIcon>
        <Text ta="center" maw="60ch" role="status">
          {text}
        </Text>
        {children}
      </Stack>
    </Paper>
  );
}
