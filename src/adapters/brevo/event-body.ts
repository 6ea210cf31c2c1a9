import { z } from 'zod';

/**
 * What we use of a marketing webhook, all spellings of the documentation's samples, tables and older bodies. Only `event` has
 * to be there: what else is missing or of another type counts as not told.
 */
const text = z.string().catch('');
const idText = z.union([z.string().min(1), z.number()]).transform(String);
const idOrItem = z.union([idText, z.object({ id: idText }).transform(({ id }) => id)]);

/** One id or several; what is none is left out. */
const ids = z
  .unknown()
  .optional()
  .transform((value) =>
    (Array.isArray(value) ? value : [value]).flatMap((entry) => {
      const parsed = idOrItem.safeParse(entry);
      return parsed.success ? [parsed.data] : [];
    }),
  );
const seconds = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,10}$/)
      .transform(Number),
  ])
  .pipe(z.number().positive().max(9_999_999_999))
  .optional()
  .catch(undefined);

const NO_LISTS = { addition: [], deletion: [] };

/** One change of a contact; older bodies name the address only here. */
const Content = z.object({
  email: text,
  emailBlacklist: z.boolean().optional().catch(undefined),
  updated_email: text,
  list: z.object({ addition: ids, deletion: ids }).catch(NO_LISTS),
  attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).catch('')).catch({}),
});
export type Content = z.output<typeof Content>;

const contents = z
  .unknown()
  .optional()
  .transform((value) =>
    (Array.isArray(value) ? value : [value]).flatMap((entry) => {
      const parsed = Content.safeParse(entry);
      return parsed.success ? [parsed.data] : [];
    }),
  );

const EventBody = z.object({
  event: z.string().min(1),
  email: text,
  camp_id: idText.optional().catch(undefined),
  'campaign name': text,
  list_id: ids,
  content: contents,
  URL: text,
  reason: text,
  /** '' by people; missing: the account's webhooks do not tell */
  api_key_name: z.string().optional().catch(undefined),
  ts_event: seconds,
  ts_sent: seconds,
  ts: seconds,
  date: text,
});
export type EventBody = z.output<typeof EventBody>;

/** Reads one event or a batch of them; undefined when there is none in it. */
export function readEventBodies(body: string): readonly EventBody[] | undefined {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return undefined;
  }
  const bodies = (Array.isArray(json) ? json : [json]).flatMap((entry) => {
    const parsed = EventBody.safeParse(entry);
    return parsed.success ? [parsed.data] : [];
  });
  return bodies.length === 0 ? undefined : bodies;
}
