import { Alert, Button, Checkbox, Group, List, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Preview } from '../api-types.ts';
import { pageLanguage } from '../i18n/i18n.ts';
import { planName } from '../plan-name.ts';
import { previewQuery } from '../queries.ts';
import { useRunActions } from '../run-actions.ts';
import { usePermissions } from '../session.ts';
import { DownloadButton } from './download-button.tsx';
import { ErrorAlert } from './error-alert.tsx';
import { Icon } from './icon.tsx';
import { InfoAlert } from './info-alert.tsx';
import { Loaded } from './loaded.tsx';
import { PlannedChanges } from './planned-changes.tsx';
import { ReasonList } from './reason-list.tsx';
import { Section } from './section.tsx';

type RunPreviewProps = { connectionId: string; runId: string; onApproved: () => void };

/** What a run would do, before it does it (U3); the buttons start or discard it. */
export function RunPreview({ connectionId, runId, onApproved }: RunPreviewProps) {
  const { t, i18n } = useTranslation();
  const language = pageLanguage(i18n.language);
  const preview = useQuery(previewQuery(connectionId, runId, language));
  const { approve, cancel } = useRunActions(connectionId);
  const { mayEdit } = usePermissions();
  const [createsContacts, setCreatesContacts] = useState(true);
  return (
    <Loaded query={preview} skeleton={[100, 320, 200]}>
      {(data) => (
        <Stack gap="lg">
          {data.run.state === 'awaiting-approval' && (
            <Section title={t('overview.approvalTitle')} hint={<Totals preview={data} />}>
              <Hints preview={data} />
              {approve.error && <ErrorAlert error={approve.error} />}
              {cancel.error && <ErrorAlert error={cancel.error} />}
              {mayEdit && (
                <Stack gap="md">
                  {unknownMembers(data) > 0 && (
                    <Checkbox
                      checked={createsContacts}
                      onChange={(event) => setCreatesContacts(event.currentTarget.checked)}
                      label={t('run.createContacts', { count: unknownMembers(data) })}
                      description={t('run.createContactsHint')}
                    />
                  )}
                  <Group gap="sm">
                    <Button
                      size="md"
                      loading={approve.isPending}
                      onClick={() => approve.mutate({ runId, createsContacts }, { onSuccess: onApproved })}
                    >
                      {t('run.start')}
                    </Button>
                    <Button size="md" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate(runId)}>
                      {t('run.discard')}
                    </Button>
                  </Group>
                  <Text size="sm" c="dimmed" maw="75ch">
                    {t('run.startHint')}
                  </Text>
                </Stack>
              )}
            </Section>
          )}
          <PlannedChanges
            counts={data.counts}
            downloads={
              <>
                <DownloadButton
                  href={`/api/connections/${connectionId}/runs/${runId}/preview.csv?language=${language}`}
                >
                  {t('run.previewCsv')}
                </DownloadButton>
                <DownloadButton
                  href={`/api/connections/${connectionId}/runs/${runId}/audience.csv?language=${language}`}
                >
                  {t('run.audienceCsv')}
                </DownloadButton>
              </>
            }
          />
          <Section title={t('run.leftOut')} hint={data.leftOut.length > 0 ? t('run.leftOutText') : undefined}>
            {data.leftOut.length === 0 ? (
              <Text>{t('run.leftOutNone')}</Text>
            ) : (
              <ReasonList
                rows={byCount(data.leftOut).map(({ reason, count }) => ({
                  count,
                  label: t(`reasons.${reason}.label`),
                  sentence: t(`reasons.${reason}.sentence`),
                  remedy: t(`reasons.${reason}.remedy`),
                }))}
              />
            )}
          </Section>
          {data.membersWithoutContact.length > 0 && (
            <Section title={t('run.membersWithoutContact')} hint={t('run.membersWithoutContactText')}>
              <ReasonList
                rows={byCount(data.membersWithoutContact).map(({ reason, count }) => ({
                  count,
                  label: t(`memberReasons.${reason}.label`),
                  sentence: t(`memberReasons.${reason}.sentence`),
                  remedy: t(`memberReasons.${reason}.remedy`),
                }))}
              />
            </Section>
          )}
        </Stack>
      )}
    </Loaded>
  );
}

/** The greatest number first. */
function byCount<Row extends { count: number }>(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => b.count - a.count);
}

/** Members that onOffice does not know and that the plan would create there. */
function unknownMembers({ counts }: Preview): number {
  return counts.find(({ kind }) => kind === 'create-contact')?.count ?? 0;
}

function Totals({ preview }: { preview: Preview }) {
  const { t } = useTranslation();
  const { contactsRead, membersRead, unchanged } = preview;
  const counts = t('run.read', { contacts: contactsRead, members: membersRead, unchanged });
  return <>{`${counts} ${t('overview.partlyUnreadable')}`}</>;
}

function Hints({ preview }: { preview: Preview }) {
  const { t } = useTranslation();
  const added = preview.counts
    .filter(({ kind }) => kind === 'add-member' || kind === 'raise-member')
    .reduce((sum, { count }) => sum + count, 0);
  const plan = planName(preview.plan.name);
  return (
    <>
      {preview.brake.length > 0 && preview.run.question !== 'first-sync' && (
        <Alert color="orange" icon={<Icon name="alert" />} title={t('run.brakeTitle')}>
          <Text size="sm">{t('run.brakeText')}</Text>
          <List size="sm" mt="xs">
            {preview.brake.map(({ kind, count, limit }) => (
              <List.Item key={kind}>
                {t('run.brakeRow', { kind: t(`operations.${kind}.label`), count, limit })}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
      {added > 0 && (
        <InfoAlert>
          {preview.plan.isPaid ? t('run.planPaid', { plan, count: added }) : t('run.planFree', { plan, count: added })}
        </InfoAlert>
      )}
    </>
  );
}
