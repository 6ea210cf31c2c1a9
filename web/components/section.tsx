import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

type SectionProps = {
  title: string;
  hint?: ReactNode;
  actions?: ReactNode;
  /** name in the address line, for links that lead here */
  anchor?: string;
  children: ReactNode;
};

/** A titled card; a region of its own for screen readers. */
export function Section({ title, hint, actions, anchor, children }: SectionProps) {
  const id = useId();
  return (
    <Paper component="section" id={anchor} aria-labelledby={id} p={{ base: 'md', sm: 'lg' }} h="100%">
      <Stack gap="md">
        <Group justify="space-between" align="flex-start" gap="sm">
          <div className="beside-button">
            <Title order={2} id={id}>
              {title}
            </Title>
            {hint && (
              <Text size="sm" c="dimmed" maw="70ch" mt={4}>
                {hint}
              </Text>
            )}
          </div>
          {actions}
        </Group>
        {children}
      </Stack>
    </Paper>
  );
}
