import { Button, Grid, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Redirect, useLocation } from 'wouter';
import type { Overview } from '../../api-types.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { Icon } from '../../components/icon.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { RunAnnouncer } from '../../components/run-announcer.tsx';
import { RunProgress } from '../../components/run-progress.tsx';
import { useOverview } from '../../live.ts';
import { useRunActions } from '../../run-actions.ts';
import { usePermissions } from '../../session.ts';
import { AttentionAlerts } from './attention-alerts.tsx';
import { BackgroundSection } from './background-section.tsx';
import { BridgeSection } from './bridge-section.tsx';
import { EndingAlert } from './ending-alert.tsx';
import { HeldAlert } from './held-alert.tsx';
import { JournalSection } from './journal-section.tsx';
import { LastRunSection } from './last-run-section.tsx';
import { NumbersSection } from './numbers-section.tsx';
import { OptOutsSection } from './opt-outs-section.tsx';
import { PausedAlert } from './paused-alert.tsx';
import { SystemsSection } from './systems-section.tsx';

/** How the connection is: health, both numbers and the bridge between them, what runs, what happened (U2). */
export function OverviewPage({ connectionId }: { connectionId: string }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { query, isLive } = useOverview(connectionId);
  const { start } = useRunActions(connectionId);
  const { mayEdit } = usePermissions();
  const overview = query.data;
  const mayStart =
    mayEdit &&
    overview?.connection.state === 'active' &&
    overview.runningRun === null &&
    overview.connection.pausedAt === null;
  if (overview?.connection.state === 'draft') return <Redirect to={`/connections/${connectionId}/set-up`} replace />;
  return (
    <Page
      title={overview ? overview.connection.accountName : t('overview.title')}
      actions={
        mayStart && (
          <>
            <Button
              variant="default"
              disabled={start.isPending}
              onClick={() =>
                start.mutate(true, { onSuccess: ({ id }) => navigate(`/connections/${connectionId}/runs/${id}`) })
              }
            >
              {t('overview.previewFirst')}
            </Button>
            <Button leftSection={<Icon name="sync" />} loading={start.isPending} onClick={() => start.mutate(false)}>
              {t('overview.syncNow')}
            </Button>
          </>
        )
      }
    >
      {start.error && <ErrorAlert error={start.error} />}
      {!isLive && overview && (
        <Text size="sm" c="dimmed" role="status">
          {t('overview.liveLost')}
        </Text>
      )}
      <RunAnnouncer run={overview?.runningRun ?? overview?.lastRun ?? null} />
      <Loaded query={query} skeleton={[160, 420, 200]}>
        {(data) => <Sections overview={data} />}
      </Loaded>
    </Page>
  );
}

/** These alarms are questions, too, which are shown as such. */
const ASKED_BELOW: ReadonlySet<string> = new Set([
  'journal.held_by_brake',
  'journal.tag_deleted_in_crm',
  'journal.tag_deleted_at_provider',
  'journal.tag_name_taken',
]);

function Sections({ overview }: { overview: Overview }) {
  const { bridge, runningRun, lastRun, connection, alarms } = overview;
  // Nothing is asked or read any more: what the systems did last would only look like a fault.
  const isOver = connection.state === 'disconnected';
  return (
    <Stack gap="lg">
      <AttentionAlerts overview={{ ...overview, alarms: alarms.filter(({ code }) => !ASKED_BELOW.has(code)) }} />
      <EndingAlert overview={overview} />
      <HeldAlert connectionId={connection.id} background={overview.background} />
      <PausedAlert connection={connection} />
      {runningRun && runningRun.state !== 'awaiting-approval' && (
        <RunProgress connectionId={connection.id} run={runningRun} />
      )}
      <Grid gap="lg" align="stretch">
        <Grid.Col span={{ base: 12, md: isOver ? 12 : 7 }}>
          <NumbersSection overview={overview} />
        </Grid.Col>
        {!isOver && (
          <Grid.Col span={{ base: 12, md: 5 }}>
            <SystemsSection overview={overview} />
          </Grid.Col>
        )}
      </Grid>
      <Grid gap="lg" align="stretch">
        <Grid.Col span={{ base: 12, md: isOver ? 12 : 7 }}>
          <OptOutsSection overview={overview} />
        </Grid.Col>
        {!isOver && (
          <Grid.Col span={{ base: 12, md: 5 }}>
            <BackgroundSection overview={overview} />
          </Grid.Col>
        )}
      </Grid>
      {bridge && <BridgeSection connectionId={connection.id} bridge={bridge} />}
      <Grid gap="lg" align="flex-start">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <LastRunSection run={lastRun} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <JournalSection connectionId={connection.id} />
        </Grid.Col>
      </Grid>
    </Stack>
  );
}
