import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

/** A table that scrolls sideways where there is no room for it, by the keyboard too. */
export function WideTable({ minWidth, label, children }: { minWidth: number; label: string; children: ReactNode }) {
  return (
    <Table.ScrollContainer minWidth={minWidth} type="native" role="region" aria-label={label} tabIndex={0}>
      {children}
    </Table.ScrollContainer>
  );
}
