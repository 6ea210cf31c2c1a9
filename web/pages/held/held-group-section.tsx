import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HeldDecision, HeldGroup } from '../../api-types.ts';
import { useBackgroundActions } from '../../background-actions.ts';
import { ChangeTable } from '../../components/change-table.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { Section } from '../../components/section.tsx';
import { useFormat } from '../../format.ts';
import { pageLanguage } from '../../i18n/i18n.ts';
import { heldPages } from '../../queries.ts';
import { usePermissions } from '../../session.ts';

type HeldGroupSectionProps = { connectionId: string; group: HeldGroup; asOf: string };

/** One question: what happened, whom it concerns, and the answers. */
export function HeldGroupSection({ connectionId, group, asOf }: HeldGroupSectionProps) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const { mayEdit } = usePermissions();
  const [isMoreAsked, setIsMoreAsked] = useState(false);
  const more = useInfiniteQuery({
    ...heldPages(connectionId, group, pageLanguage(i18n.language)),
    enabled: isMoreAsked && group.next !== null,
  });
  const changes = [...group.changes, ...(more.data?.pages.flatMap((page) => page.changes) ?? [])];
  const hasMore = isMoreAsked ? more.hasNextPage || more.isFetching : group.next !== null;
  return (
    <Section
      title={t(`operations.${group.kind}.label`)}
      hint={`${t(`held.questions.${group.question}`)}. ${t('held.since', { when: format.instant(group.since) })}`}
      actions={
        <Badge size="xl" variant="light" color="orange" className="tabular">
          {format.number(group.count)}
        </Badge>
      }
    >
      <Text maw="75ch">{t(`held.kinds.${group.kind}.text`)}</Text>
      {mayEdit && <Answers connectionId={connectionId} group={group} asOf={asOf} />}
      <Stack gap="xs">
        <ChangeTable changes={changes} />
        {more.error && <ErrorAlert error={more.error} />}
        {hasMore && (
          <Group>
            <Button
              variant="default"
              size="xs"
              loading={more.isFetching}
              onClick={() => {
                if (isMoreAsked) void more.fetchNextPage();
                else setIsMoreAsked(true);
              }}
            >
              {t('held.more')}
            </Button>
          </Group>
        )}
      </Stack>
    </Section>
  );
}

function Answers({ connectionId, group, asOf }: HeldGroupSectionProps) {
  const { t } = useTranslation();
  const { decide } = useBackgroundActions(connectionId);
  const [asked, setAsked] = useState<HeldDecision>();
  const mayPutBack = group.question === 'removed-in-bulk';
  const words: Record<HeldDecision, string> = {
    'carry-out': t(`held.kinds.${group.kind}.carryOut`),
    drop: t(`held.kinds.${group.kind}.drop`),
    'put-back': t('held.putBack'),
  };
  const offered: readonly HeldDecision[] = mayPutBack ? ['put-back', 'carry-out', 'drop'] : ['carry-out', 'drop'];
  const answer = (decision: HeldDecision) =>
    decide.mutate(
      { group, decision, asOf },
      {
        onSuccess: ({ answered }) =>
          notifications.show({
            message: t('held.saved', { count: answered }),
            color: 'green',
            closeButtonProps: { 'aria-label': t('common.close') },
          }),
      },
    );
  return (
    <Stack gap="xs">
      {decide.error && <ErrorAlert error={decide.error} />}
      <Group gap="sm">
        {offered.map((decision) => (
          <Button
            key={decision}
            variant="default"
            loading={decide.isPending && decide.variables.decision === decision}
            disabled={decide.isPending}
            onClick={() => setAsked(decision)}
          >
            {words[decision]}
          </Button>
        ))}
      </Group>
      {mayPutBack && (
        <Text size="sm" c="dimmed">
          {t('held.putBackHint')}
        </Text>
      )}
      <ConfirmDialog
        isOpen={asked !== undefined}
        onClose={() => setAsked(undefined)}
        onConfirm={() => asked && answer(asked)}
        title={t('held.confirmTitle', { action: asked ? words[asked] : '', count: group.count })}
        confirm={asked ? words[asked] : ''}
      >
        <Text size="sm">{t('held.confirmText')}</Text>
      </ConfirmDialog>
    </Stack>
  );
}
