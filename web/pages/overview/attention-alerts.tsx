import { Alert, Button, Group, List, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Overview } from '../../api-types.ts';
import { ButtonLink } from '../../components/button-link.tsx';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { Icon } from '../../components/icon.tsx';
import { NoticeLines } from '../../components/notice-lines.tsx';
import { useFormat } from '../../format.ts';
import { noticeText } from '../../notice-text.ts';
import { useRunActions } from '../../run-actions.ts';
import { usePermissions } from '../../session.ts';
import { TwinAlert } from './twin-alert.tsx';

/** What a person has to see to: unfinished set-up, keys, an approval, alarms. */
export function AttentionAlerts({ overview: { connection, health, runningRun, alarms } }: { overview: Overview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { mayAdminister, mayEdit } = usePermissions();
  const { resume } = useRunActions(connection.id);
  const base = `/connections/${connection.id}`;
  // no new key helps: whoever administers opens us once in the CRM
  const outdatedClaim = health.crm.notice?.code === 'onoffice.claim_outdated' ? health.crm.notice : undefined;
  const question = runningRun?.state === 'awaiting-approval' ? (runningRun.question ?? 'asked-for-preview') : null;
  const questions = {
    'first-sync': t('overview.approvalFirst'),
    'after-restore': t('overview.approvalAfterRestore'),
    brake: t('overview.approvalBrake'),
    'asked-for-preview': t('overview.approvalPreview'),
  };
  return (
    <>
      {connection.twin && <TwinAlert connection={connection} />}
      {connection.state === 'attention' && !connection.twin && (
        <Alert color="red" icon={<Icon name="alert" />} title={t('overview.attentionTitle')} role="alert">
          <Stack gap="xs" align="flex-start">
            {outdatedClaim && <NoticeLines notice={outdatedClaim} />}
            <Text size="sm">{t('overview.attentionText')}</Text>
            {resume.isError && <ErrorAlert error={resume.error} />}
            <Group gap="xs">
              {mayEdit && (
                <Button size="xs" loading={resume.isPending} onClick={() => resume.mutate()}>
                  {t('overview.checkAgain')}
                </Button>
              )}
              {mayAdminister && !outdatedClaim && (
                <ButtonLink href={`${base}/settings`} size="xs" variant="default">
                  {t('overview.renewKeys')}
                </ButtonLink>
              )}
            </Group>
          </Stack>
        </Alert>
      )}
      {connection.wentBack && !connection.wentBack.isCaughtUp && !connection.twin && (
        <Alert color="orange" icon={<Icon name="alert" />} title={t('overview.wentBackTitle')}>
          <Text size="sm">
            {noticeText({ code: `going_back.${connection.wentBack.cause}` })} {t('overview.wentBackText')}
          </Text>
        </Alert>
      )}
      {connection.state === 'ready' && !question && (
        <Alert color="blue" icon={<Icon name="arrow" />} title={t('overview.notReadyTitle')}>
          <Stack gap="xs" align="flex-start">
            <Text size="sm">{t('overview.notReadyText')}</Text>
            <ButtonLink href={`${base}/set-up`} size="xs">
              {t('overview.finishSetUp')}
            </ButtonLink>
          </Stack>
        </Alert>
      )}
      {runningRun && question && (
        <Alert
          color={question === 'brake' ? 'orange' : 'blue'}
          icon={<Icon name={question === 'brake' ? 'alert' : 'question'} />}
          title={t('overview.approvalTitle')}
        >
          <Stack gap="xs" align="flex-start">
            <Text size="sm">{questions[question]}</Text>
            <ButtonLink href={`${base}/runs/${runningRun.id}`} size="xs">
              {t('overview.toPreview')}
            </ButtonLink>
          </Stack>
        </Alert>
      )}
      {alarms.length > 0 && (
        <Alert color="red" icon={<Icon name="alert" />} title={t('overview.alarms')}>
          <List size="sm" spacing={4}>
            {alarms.map((alarm) => (
              <List.Item key={`${alarm.code} ${alarm.at}`}>
                {noticeText(alarm)}
                <Text size="xs" c="dimmed">
                  {format.ago(alarm.at)}
                </Text>
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
    </>
  );
}
