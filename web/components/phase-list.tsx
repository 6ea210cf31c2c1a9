import { Box, Group, Loader, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Run } from '../api-types.ts';
import { PHASE_ORDER } from '../term-order.ts';
import { Icon } from './icon.tsx';

type PhaseListProps = {
  phase: Run['phase'];
  /** somebody is asked in this run, so that phase is shown too */
  isAsked: boolean;
  /** details of the present phase */
  children: ReactNode;
};

/** The phases of a run in order: done, present with its details, to come. */
export function PhaseList({ phase, isAsked, children }: PhaseListProps) {
  const { t } = useTranslation();
  // A question or the provider's own queue is a phase only of the runs that meet it.
  const shown = PHASE_ORDER.filter(
    (name) => ((name !== 'awaiting-approval' || isAsked) && name !== 'importing') || name === phase,
  );
  const present = shown.indexOf(phase);
  return (
    <ol className="plain-list">
      {shown.map((name, index) => (
        <Box
          component="li"
          key={name}
          py={4}
          className={index > present ? 'phase-pending' : undefined}
          aria-current={index === present ? 'step' : undefined}
        >
          <Group gap="sm" wrap="nowrap">
            <Box w={18} h={18} style={{ flexShrink: 0 }}>
              {index < present && <Icon name="check" />}
              {index === present && <Loader size={16} aria-hidden="true" />}
            </Box>
            <Text size="sm" fw={index === present ? 650 : 400}>
              {t(`phases.${name}`)}
            </Text>
          </Group>
          {index === present && <Box pl={30}>{children}</Box>}
        </Box>
      ))}
    </ol>
  );
}
