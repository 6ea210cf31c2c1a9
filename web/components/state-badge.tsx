import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Connection, Health, Run } from '../api-types.ts';
import { Icon, type IconName } from './icon.tsx';

type Look = { color: string; icon: IconName };

const HEALTH: Record<Health['state'], Look> = {
  ok: { color: 'green', icon: 'check' },
  waiting: { color: 'yellow', icon: 'clock' },
  failing: { color: 'red', icon: 'alert' },
  unknown: { color: 'gray', icon: 'question' },
};
const CONNECTION: Record<Connection['state'], Look> = {
  draft: { color: 'gray', icon: 'clock' },
  ready: { color: 'blue', icon: 'arrow' },
  active: { color: 'green', icon: 'check' },
  attention: { color: 'red', icon: 'alert' },
  leaving: { color: 'yellow', icon: 'clock' },
  disconnected: { color: 'gray', icon: 'cross' },
};
const RUN: Record<Run['state'], Look> = {
  running: { color: 'blue', icon: 'sync' },
  waiting: { color: 'yellow', icon: 'clock' },
  'awaiting-approval': { color: 'yellow', icon: 'question' },
  succeeded: { color: 'green', icon: 'check' },
  failed: { color: 'red', icon: 'alert' },
  cancelled: { color: 'gray', icon: 'cross' },
};

/** A word, a sign and a colour: never the colour alone. */
function StateBadge({ look, children }: { look: Look; children: string }) {
  return (
    <Badge
      color={look.color}
      variant="light"
      tt="none"
      size="lg"
      fw={600}
      leftSection={<Icon name={look.icon} size={14} />}
    >
      {children}
    </Badge>
  );
}

export function HealthBadge({ state }: { state: Health['state'] }) {
  const { t } = useTranslation();
  return <StateBadge look={HEALTH[state]}>{t(`healthStates.${state}`)}</StateBadge>;
}

export function ConnectionBadge({ state }: { state: Connection['state'] }) {
  const { t } = useTranslation();
  return <StateBadge look={CONNECTION[state]}>{t(`connectionStates.${state}`)}</StateBadge>;
}

export function RunBadge({ state }: { state: Run['state'] }) {
  const { t } = useTranslation();
  return <StateBadge look={RUN[state]}>{t(`runStates.${state}`)}</StateBadge>;
}
