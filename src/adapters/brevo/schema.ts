import { z } from 'zod';

/** What we use of Brevo's answers, and nothing else. Tolerant where a surprise does no harm. */
const text = z.string().catch('');
const count = z.number().catch(0);

export const AccountAnswer = z.object({
  organization_id: text,
  email: text,
  companyName: text,
  plan: z.array(z.object({ type: text })).catch([]),
});
export type AccountAnswer = z.output<typeof AccountAnswer>;

/** The totals in collections are being retired to a constant 0; `uniqueSubscribers` counts blocked contacts too. */
export const ListAnswer = z.object({ id: z.number(), name: text, uniqueSubscribers: count });
export type ListAnswer = z.output<typeof ListAnswer>;
/** An account without lists has been seen to leave the array out. */
export const ListCollectionAnswer = z.object({ lists: z.array(ListAnswer).default([]), count });
export const FolderCollectionAnswer = z.object({
  folders: z.array(z.object({ id: z.number(), name: text })).default([]),
  count,
});
export const IdAnswer = z.object({ id: z.number() });

export const Attribute = z.object({ name: z.string().min(1), category: text, type: text });
export type Attribute = z.output<typeof Attribute>;
export const AttributeListAnswer = z.object({ attributes: z.array(Attribute) });

const ids = z.array(z.number());

/**
 * `emailBlacklisted` and `listIds` are required: consent is never guessed. `listUnsubscribed` is null, missing or an array;
 * `email` is missing where a contact has only a telephone number.
 */
export const ContactAnswer = z.object({
  id: z.number(),
  email: text,
  emailBlacklisted: z.boolean(),
  listIds: ids,
  listUnsubscribed: ids.nullish().transform((lists) => lists ?? []),
  modifiedAt: text,
  attributes: z.record(z.string(), z.unknown()).catch({}),
});
export type ContactAnswer = z.output<typeof ContactAnswer>;

export const ContactCollectionAnswer = z.object({ contacts: z.array(ContactAnswer).default([]), count: z.number() });

const happenings = z
  .array(z.object({ eventTime: text }))
  .nullish()
  .transform((list) => list ?? []);
/** A shape that we do not know counts as a happening: what cannot be read is no proof that nobody left. */
const leavings = happenings.catch([{ eventTime: '' }]);

/** `{}` and missing parts: nothing on record in the last 90 days. */
const Statistics = z
  .object({
    hardBounces: happenings.catch([]),
    complaints: leavings,
    unsubscriptions: z
      .object({ userUnsubscription: leavings, adminUnsubscription: leavings })
      .nullish()
      .catch({ userUnsubscription: [{ eventTime: '' }], adminUnsubscription: [] })
      .transform((both) => both ?? { userUnsubscription: [], adminUnsubscription: [] }),
  })
  .nullish()
  .catch({
    hardBounces: [],
    complaints: [],
    unsubscriptions: { userUnsubscription: [{ eventTime: '' }], adminUnsubscription: [] },
  })
  .transform(
    (statistics) =>
      statistics ?? {
        hardBounces: [],
        complaints: [],
        unsubscriptions: { userUnsubscription: [], adminUnsubscription: [] },
      },
  );
export type Statistics = z.output<typeof Statistics>;

/** A single contact, with what its campaigns came to in the last 90 days. */
export const ContactDetailsAnswer = ContactAnswer.extend({ statistics: Statistics });
export type ContactDetailsAnswer = z.output<typeof ContactDetailsAnswer>;

export const ImportAnswer = z.object({ processId: z.number() });

/** The file of refused addresses is a URL or null; an older description gives a count. */
export const ProcessAnswer = z.object({
  status: text,
  info: z
    .object({ import: z.object({ invalid_emails: z.string().nullish().catch(null) }).nullish() })
    .nullish()
    .catch(null),
});

export const WebhookAnswer = z.object({ id: z.number(), url: text, events: z.array(z.string()).catch([]) });
export type WebhookAnswer = z.output<typeof WebhookAnswer>;
export const WebhookListAnswer = z.object({ webhooks: z.array(WebhookAnswer).default([]) });
