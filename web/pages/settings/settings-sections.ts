import type { TFunction } from 'i18next';
import type { Connection } from '../../api-types.ts';
import type { ContentsEntry } from '../../components/with-contents.tsx';

type Shown = {
  connection: Pick<Connection, 'provider' | 'state'>;
  mayAdminister: boolean;
  /** false where what is to be set could not be loaded */
  hasForm: boolean;
};

/** The sections that the settings of a connection have for somebody, in the order of the page. */
export function settingsSections(t: TFunction, { connection, mayAdminister, hasForm }: Shown): ContentsEntry[] {
  const { provider, state } = connection;
  const form: (ContentsEntry | false)[] = [
    { id: 'fields', title: t('setUp.fieldsTitle') },
    { id: 'activities', title: t('setUp.activitiesTitle') },
    { id: 'activity-types', title: t('campaigns.typesTitle') },
    { id: 'opt-out', title: t('setUp.optOutTitle') },
    { id: 'unknown-members', title: t('setUp.unknownMembersTitle') },
    { id: 'webhook-repair', title: t('webhook.repairTitle') },
    provider === 'brevo' && { id: 'unsubscribe', title: t('work.unsubscribeTitle') },
    { id: 'polls', title: t('work.pollsTitle') },
    { id: 'brake', title: t('work.brakeTitle') },
  ];
  const others: (ContentsEntry | false)[] = [
    state !== 'draft' && { id: 'webhook', title: t('webhook.title') },
    mayAdminister && { id: 'keys', title: t('settings.keysTitle') },
    mayAdminister && state !== 'leaving' && { id: 'disconnect', title: t('disconnect.title') },
    mayAdminister && { id: 'tenant', title: t('privacy.tenantTitle') },
  ];
  return [...(hasForm ? form : []), ...others].filter((entry) => entry !== false);
}
