import { Button, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Overview } from '../../api-types.ts';
import { useBackgroundActions } from '../../background-actions.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { NoticeLines } from '../../components/notice-lines.tsx';
import { Section } from '../../components/section.tsx';
import { useFormat } from '../../format.ts';
import { usePermissions } from '../../session.ts';

/** What goes on between full syncs: the present moment, polls of both sides, webhooks, what waits (U2). */
export function BackgroundSection({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { connection, background } = overview;
  const { crm, provider, webhooks, due, nightlyAt } = background;
  const name = t(`providers.${connection.provider}`);
  const ago = (at: string | null) => (at === null ? t('background.notYet') : format.ago(at));
  const rows: readonly [string, string][] = [
    [t('background.crmRead'), ago(crm.readAt)],
    [t('background.providerRead', { provider: name }), ago(provider.readAt)],
    [
      t('background.recovered'),
      provider.recoveredAt === null
        ? t('background.recoveredNone')
        : t('background.recoveredCount', { count: provider.recovered, when: format.ago(provider.recoveredAt) }),
    ],
    [t('background.webhooks'), webhookText(webhooks)],
    [t('background.due'), format.number(due.waiting)],
    [t('background.nightly'), nightlyAt === null ? t('background.notYet') : format.instant(nightlyAt)],
  ];
  return (
    <Section title={t('background.title')} actions={<PauseButton overview={overview} />}>
      <Moment overview={overview} />
      <Table verticalSpacing={6} horizontalSpacing={0} className="tabular">
        <Table.Tbody>
          {rows.map(([label, value]) => (
            <Table.Tr key={label}>
              <Table.Th scope="row" fw={400} pr="sm">
                {label}
              </Table.Th>
              <Table.Td ta="right">{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );

  function webhookText({ waiting, lastReceivedAt }: typeof webhooks): string {
    if (lastReceivedAt === null) return t('background.webhooksNone');
    const when = format.ago(lastReceivedAt);
    return waiting > 0 ? t('background.webhooksWaiting', { count: waiting, when }) : when;
  }
}

/** What happens at the moment, in one sentence. */
function Moment({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { connection, background, runningRun } = overview;
  const { rounds, due, crm } = background;
  const waitingFor = rounds.find((round) => round.waitingFor)?.waitingFor;
  const sentence = () => {
    const [round] = rounds;
    if (connection.state === 'attention') return t('background.stopped');
    if (connection.state === 'leaving') return t('background.ending');
    if (round?.kind === 'urgent') return t('background.urgentRound');
    if (connection.pausedAt !== null) {
      return t('background.paused', { when: format.instant(connection.pausedAt) });
    }
    if (runningRun && runningRun.state !== 'awaiting-approval') return t('background.fullSync');
    if (crm.readAt === null) return t('background.notBegun');
    if (round) return t('background.changesRound', { phase: t(`phases.${round.phase}`) });
    return due.waiting > 0 ? t('background.dueWaiting', { count: due.waiting }) : t('background.idle');
  };
  return (
    <div>
      <Text size="xs" c="dimmed">
        {t('background.now')}
      </Text>
      <Text size="sm" fw={500}>
        {sentence()}
      </Text>
      {waitingFor && <NoticeLines notice={waitingFor} />}
    </div>
  );
}

function PauseButton({ overview: { connection } }: { overview: Overview }) {
  const { t } = useTranslation();
  const { mayEdit } = usePermissions();
  const { pause } = useBackgroundActions(connection.id);
  const [isAsking, setIsAsking] = useState(false);
  if (!mayEdit || connection.pausedAt !== null || connection.state !== 'active') return null;
  return (
    <>
      <Button variant="default" size="xs" loading={pause.isPending} onClick={() => setIsAsking(true)}>
        {t('background.pause')}
      </Button>
      {pause.error && <ErrorAlert error={pause.error} />}
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        onConfirm={() => pause.mutate()}
        title={t('background.pauseQuestion')}
        confirm={t('background.pauseConfirm')}
        dismiss={t('background.pauseKeep')}
      >
        <Text size="sm">{t('background.pauseText')}</Text>
      </ConfirmDialog>
    </>
  );
}
