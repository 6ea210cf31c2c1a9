import { Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AskedTag, ProviderKey } from '../../api-types.ts';
import { useBackgroundActions } from '../../background-actions.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { Section } from '../../components/section.tsx';
import { useFormat } from '../../format.ts';
import { usePermissions } from '../../session.ts';

type AskedTagSectionProps = { connectionId: string; tag: AskedTag; provider: ProviderKey };
type Answer = AskedTag['answers'][number];

/** A tag that was deleted as a whole on one side, or whose new name is another tag's, and what may become of it (R11). */
export function AskedTagSection({ connectionId, tag, provider }: AskedTagSectionProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { mayEdit } = usePermissions();
  const names = {
    provider: t(`providers.${provider}`),
    inCrm: tag.inCrm ?? tag.name,
    atProvider: tag.atProvider ?? tag.name,
  };
  return (
    <Section
      title={t('askedTags.title', { name: tag.name })}
      hint={t('askedTags.since', { when: format.instant(tag.askedAt) })}
    >
      <Text maw="75ch" className="break-anywhere">
        {t(`askedTags.questions.${tag.question}`, names)}
      </Text>
      {mayEdit && <Answers connectionId={connectionId} tag={tag} provider={provider} />}
    </Section>
  );
}

function Answers({ connectionId, tag, provider }: AskedTagSectionProps) {
  const { t } = useTranslation();
  const { answerTag } = useBackgroundActions(connectionId);
  const [isAsking, setIsAsking] = useState(false);
  const name = t(`providers.${provider}`);
  const words: Record<AskedTag['question'], Partial<Record<Answer, string>>> = {
    'deleted-in-crm': {
      create: t('askedTags.createInCrm'),
      delete: t('askedTags.deleteAtProvider', { provider: name }),
      keep: t('askedTags.keepAtProvider', { provider: name }),
    },
    'deleted-at-provider': {
      create: t('askedTags.createAtProvider', { provider: name }),
      delete: t('askedTags.deleteInCrm'),
      keep: t('askedTags.keepInCrm'),
    },
    'name-taken': { keep: t('askedTags.keepBothNames') },
  };
  const give = (answer: Answer) =>
    answerTag.mutate(
      { tag, answer },
      {
        onSuccess: () =>
          notifications.show({
            message: t('askedTags.saved'),
            color: 'green',
            closeButtonProps: { 'aria-label': t('common.close') },
          }),
      },
    );
  return (
    <Stack gap="xs">
      {answerTag.error && <ErrorAlert error={answerTag.error} />}
      <Group gap="sm">
        {tag.answers.map((answer) => (
          <Button
            key={answer}
            variant="default"
            loading={answerTag.isPending && answerTag.variables.answer === answer}
            disabled={answerTag.isPending}
            onClick={() => (answer === 'delete' ? setIsAsking(true) : give(answer))}
          >
            {words[tag.question][answer]}
          </Button>
        ))}
      </Group>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        onConfirm={() => give('delete')}
        title={t('askedTags.deleteQuestion', { name: tag.name })}
        confirm={words[tag.question].delete ?? ''}
      >
        <Text size="sm">{t('askedTags.deleteText')}</Text>
      </ConfirmDialog>
    </Stack>
  );
}
