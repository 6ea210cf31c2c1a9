import { Text } from '@mantine/core';
import type { ReactNode } from 'react';

export type Fact = { name: string; value: ReactNode };

/** Names with their values; a value that is undefined leaves its name out. */
export function FactList({ facts }: { facts: readonly (Fact | undefined)[] }) {
  return (
    <dl className="fact-list">
      {facts
        .filter((fact) => fact !== undefined)
        .map(({ name, value }) => (
          <div key={name}>
            <Text component="dt" size="sm" c="dimmed">
              {name}
            </Text>
            <Text component="dd" size="sm" className="break-anywhere">
              {value}
            </Text>
          </div>
        ))}
    </dl>
  );
}
