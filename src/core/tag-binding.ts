/**
 * `bound`: one tag on both sides; `apart`: on one side only and left alone there, since it was deleted on the other; `marker`:
 * the provider's marker tag; `gone`: on neither side, kept so that its slot is given to no other tag.
 */
export const TAG_BINDING_STATES = ['bound', 'apart', 'marker', 'gone'] as const;
export type TagBindingState = (typeof TAG_BINDING_STATES)[number];

/** What a person is asked about a tag: it was deleted on one side as a whole, or its new name is another tag's (R11). */
export const TAG_QUESTIONS = ['deleted-in-crm', 'deleted-at-provider', 'name-taken'] as const;
export type TagQuestion = (typeof TAG_QUESTIONS)[number];

/**
 * `delete`: there too; `create`: again on the side where it was deleted; `keep`: it stays where it is and is left alone, or
 * keeps its two names.
 */
export const TAG_ANSWERS = ['delete', 'create', 'keep'] as const;
export type TagAnswer = (typeof TAG_ANSWERS)[number];

/** The answers that a question takes. */
export const ANSWERS_TO: Readonly<Record<TagQuestion, readonly TagAnswer[]>> = {
  'deleted-in-crm': ['delete', 'create', 'keep'],
  'deleted-at-provider': ['delete', 'create', 'keep'],
  'name-taken': ['keep'],
};

/** What a tag of the CRM and one of the provider are to each other (R11): the CRM's key and the provider's id, bound. */
export type TagBinding = {
  /** what base states know the tag by: given once, stays through all renames, is never given to another tag */
  slot: string;
  state: TagBindingState;
  crmKey: string | undefined;
  providerId: string | undefined;
  /** the names on both sides when they were last in step; what differs from them was renamed since */
  crmName: string;
  providerName: string;
  /** its name at the provider now; where it is in the CRM only, its name there */
  name: string;
  question: TagQuestion | undefined;
  answer: TagAnswer | undefined;
};

/** Parts two bindings of one name; stands in no name that people give. */
const SEPARATOR = '\u001f';

/** The slot of a tag that is met under this name: the folded name, or where that was given to another tag a variant of it. */
export function freeSlot(folded: string, taken: ReadonlySet<string>): string {
  let slot = folded;
  for (let number = 2; taken.has(slot); number += 1) slot = `${folded}${SEPARATOR}${number}`;
  return slot;
}

/** A tag met on both sides under one name. */
export function newBinding(
  crm: { key: string; label: string },
  provider: { id: string; name: string },
  slot: string,
): TagBinding {
  return {
    slot,
    state: 'bound',
    crmKey: crm.key,
    providerId: provider.id,
    crmName: crm.label,
    providerName: provider.name,
    name: provider.name,
    question: undefined,
    answer: undefined,
  };
}
