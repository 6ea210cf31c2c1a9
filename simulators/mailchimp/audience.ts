import type { Account, Audience, CampaignDefaults, Cause, ListContact, MergeField } from './entities.ts';
import { MemberIndex } from './member-index.ts';
import type { MailchimpStore } from './store.ts';

/** What an audience can be told when it is made. */
export type AudienceSettings = {
  name: string;
  contact?: ListContact;
  permissionReminder?: string;
  campaignDefaults?: CampaignDefaults;
  emailTypeOption?: boolean;
  doubleOptin?: boolean;
  marketingPermissions?: boolean;
};

/** Labels of the default fields (fact sheet 2.3). */
const LABELS = {
  en: { FNAME: 'First Name', LNAME: 'Last Name', ADDRESS: 'Address', PHONE: 'Phone Number', BIRTHDAY: 'Birthday' },
  de: { FNAME: 'Vorname', LNAME: 'Nachname', ADDRESS: 'Adresse', PHONE: 'Telefonnummer', BIRTHDAY: 'Geburtstag' },
} as const;

/** Makes an audience with its default fields; the web app also makes BIRTHDAY. */
export function addAudience(
  store: MailchimpStore,
  account: Account,
  settings: AudienceSettings,
  cause: Pick<Cause, 'by' | 'at'>,
): Audience {
  const labels = LABELS[account.language];
  const list: Audience = {
    id: store.nextId('list', 10),
    webId: 100_000 + store.nextNumber(),
    accountId: account.id,
    name: settings.name,
    contact: settings.contact ?? account.contact,
    permissionReminder: settings.permissionReminder ?? 'Sie haben unseren Newsletter bestellt.',
    campaignDefaults: settings.campaignDefaults ?? {
      from_name: account.name,
      from_email: account.email,
      subject: '',
      language: account.language,
    },
    emailTypeOption: settings.emailTypeOption ?? false,
    doubleOptin: settings.doubleOptin ?? false,
    marketingPermissions: settings.marketingPermissions ?? false,
    useArchiveBar: true,
    notifyOnSubscribe: '',
    notifyOnUnsubscribe: '',
    visibility: 'prv',
    createdAt: cause.at,
    lastSubscribedAt: undefined,
    lastUnsubscribedAt: undefined,
    mergeFields: [],
    nextMergeId: 1,
    members: new MemberIndex(),
    tags: new Map(),
    tagsByName: new Map(),
    webhooks: new Map(),
    forgotten: new Set(),
  };
  addMergeField(list, { tag: 'FNAME', name: labels.FNAME, type: 'text', public: true });
  addMergeField(list, { tag: 'LNAME', name: labels.LNAME, type: 'text', public: true });
  addMergeField(list, { tag: 'ADDRESS', name: labels.ADDRESS, type: 'address' });
  addMergeField(list, { tag: 'PHONE', name: labels.PHONE, type: 'phone' });
  if (cause.by !== 'api') addMergeField(list, { tag: 'BIRTHDAY', name: labels.BIRTHDAY, type: 'birthday' });
  store.lists.set(list.id, list);
  return list;
}

/** Adds a merge field; without a tag it becomes `MMERGEn`. */
export function addMergeField(
  list: Audience,
  settings: Partial<MergeField> & Pick<MergeField, 'name' | 'type'>,
): MergeField {
  const mergeId = list.nextMergeId;
  list.nextMergeId += 1;
  const field: MergeField = {
    mergeId,
    tag: settings.tag || `MMERGE${mergeId}`,
    name: settings.name,
    type: settings.type,
    required: settings.required ?? false,
    defaultValue: settings.defaultValue ?? '',
    public: settings.public ?? false,
    displayOrder: settings.displayOrder ?? list.mergeFields.length + 2,
    choices: settings.choices ?? [],
    size: settings.size ?? 25,
    helpText: settings.helpText ?? '',
  };
  list.mergeFields.push(field);
  return field;
}
