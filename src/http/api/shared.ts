import { z } from 'zod';
import { PERSON_FIELDS } from '../../core/contact.ts';

/** Parameters of an error's text; the page fills its translated sentence with them. */
export const TextParams = z.record(z.string(), z.union([z.string(), z.number()]));

/** What every 4xx and 5xx answers: `code` is the key of the page's sentence, `message` the English one. */
export const ErrorAnswer = z
  .object({
    error: z.object({
      code: z.string(),
      message: z.string(),
      field: z.string().optional(),
      params: TextParams,
      /** the vendor's public status page, where an outside system failed (M7) */
      statusPage: z.string().optional(),
    }),
  })
  .meta({ id: 'Error' });

/** A sentence for people: `code` is its key in the dictionaries. */
export const Notice = z.object({ code: z.string(), params: TextParams }).meta({ id: 'Notice' });

export const ProviderKey = z.enum(['mailchimp', 'brevo']);
export const PersonFieldKey = z.enum(PERSON_FIELDS);
export const Instant = z.iso.datetime();
export const Count = z.number().int().nonnegative();
export const Language = z.enum(['de', 'en', 'es', 'it', 'fr']);
export const Empty = z.object({});
