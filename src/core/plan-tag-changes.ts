import { lookAtTags, type TagSides } from './look-at-tags.ts';
import { orderRenames, temporaryTagName, type WantedName } from './order-renames.ts';
import { cutTagName, foldTag, MARKER_TAG } from './tag.ts';
import type { TagBinding, TagQuestion } from './tag-binding.ts';

/** One rename on one side. `id`: the provider's id or the CRM's key. `isTemporary`: on the way to another name. */
export type TagRename = {
  side: 'crm' | 'provider';
  slot: string;
  id: string;
  from: string;
  to: string;
  isTemporary: boolean;
};

/** A question that has come up now. `name`: what the tag is called where it is; `wanted`: the name that is taken. */
export type NewTagQuestion = { question: TagQuestion; name: string; wanted: string };

export type TagPlan = {
  /** as they are without the renames */
  bindings: readonly TagBinding[];
  /** in this order */
  renames: readonly TagRename[];
  questions: readonly NewTagQuestion[];
};

type Side = TagRename['side'];

/** A bound tag with its names, and the side whose new name goes to the other one. */
type Wish = { binding: TagBinding; label: string; winner: Side | undefined; crm: string; provider: string };

/**
 * Compares the tags of both sides with the bindings and plans what follows (R11): a rename is carried over to the other side,
 * renamed on both sides the CRM's name wins; a name that belongs to another tag is not taken but asked about.
 *
 * @param maxNameLength characters of a name that the provider keeps
 */
export function planTagChanges(sides: TagSides, maxNameLength: number): TagPlan {
  const seen = lookAtTags(sides);
  const labels = new Map(sides.crm.map(({ key, label }) => [key, label]));
  const wishes = seen
    .filter(({ state }) => state === 'bound')
    .map((binding) => wishOf(binding, labels.get(binding.crmKey ?? '') ?? binding.crmName, maxNameLength));
  const ids = new Set(wishes.map(({ binding }) => binding.providerId));
  const keys = new Set(wishes.map(({ binding }) => binding.crmKey));
  const foreign = sides.provider.filter(({ id }) => !ids.has(id)).map(({ name }) => name);
  const foreignInCrm = sides.crm.filter(({ key }) => !keys.has(key)).map(({ label }) => label);
  const taken = new Set([
    ...takenNames(wishes, 'provider', [...foreign, MARKER_TAG]),
    ...takenNames(wishes, 'crm', foreignInCrm),
  ]);
  const renames = [
    ...markerRename(seen, foreign),
    ...renamesOf(wishes, taken, 'provider'),
    ...renamesOf(wishes, taken, 'crm'),
  ];
  const waiting = new Set(renames.map(({ slot }) => slot));
  const wishBySlot = new Map(wishes.map((wish) => [wish.binding.slot, wish]));
  const bindings = seen.map((binding) => {
    const wish = wishBySlot.get(binding.slot);
    if (!wish) return binding;
    if (taken.has(binding.slot)) return { ...binding, question: 'name-taken' as const };
    return waiting.has(binding.slot) ? { ...binding, question: undefined } : inStep(binding, wish.label);
  });
  return { bindings, renames, questions: newQuestions(sides.bindings, bindings, wishBySlot) };
}

/**
 * The names that both sides have now are the agreed ones, the same or not: what differs from them later was renamed.
 *
 * @param label the CRM's name now
 */
export function inStep(binding: TagBinding, label: string): TagBinding {
  return { ...binding, crmName: label, providerName: binding.name, question: undefined, answer: undefined };
}

function wishOf(binding: TagBinding, label: string, maxNameLength: number): Wish {
  const { name } = binding;
  const now = { binding, label, crm: label, provider: name };
  // A person said that the two names may stay.
  if (binding.question === 'name-taken' && binding.answer === 'keep') return { ...now, winner: undefined };
  const isExchanged = { crm: isTemporary(label, binding.crmKey), provider: isTemporary(name, binding.providerId) };
  if (!isExchanged.crm && !isSameName(label, binding.crmName)) {
    return { ...now, winner: 'crm', provider: cutTagName(label, maxNameLength) };
  }
  if (!isExchanged.provider && !isSameName(name, binding.providerName)) {
    return { ...now, winner: 'provider', crm: name };
  }
  // Names of an exchange that was broken off go back to what they were.
  return {
    ...now,
    winner: isExchanged.crm ? 'provider' : isExchanged.provider ? 'crm' : undefined,
    crm: isExchanged.crm ? binding.crmName : label,
    provider: isExchanged.provider ? binding.providerName : name,
  };
}

function isTemporary(name: string, id: string | undefined): boolean {
  return id !== undefined && name === temporaryTagName(id);
}

function isSameName(one: string, other: string): boolean {
  return one.normalize('NFC').trim() === other.normalize('NFC').trim();
}

/** Slots of the tags whose new name on this side belongs to another tag there, now and afterwards. */
function takenNames(wishes: readonly Wish[], side: Side, foreign: readonly string[]): Set<string> {
  const nowOf = (wish: Wish) => (side === 'crm' ? wish.label : wish.binding.name);
  // Another case of its own name is taken from nobody.
  const isChange = (wish: Wish) => wish.winner === other(side) && foldTag(wish[side]) !== foldTag(nowOf(wish));
  const blocked = new Set<string>();
  for (;;) {
    const before = blocked.size;
    const held = new Set(foreign.map(foldTag));
    const isFixed = (wish: Wish) => !isChange(wish) || blocked.has(wish.binding.slot);
    for (const wish of wishes.filter(isFixed)) held.add(foldTag(nowOf(wish)));
    for (const wish of wishes.filter((one) => !isFixed(one))) {
      const { slot } = wish.binding;
      const folded = foldTag(wish[side]);
      if (folded === '' || held.has(folded)) blocked.add(slot);
      else held.add(folded);
    }
    // Whoever keeps his name may be in the way of the next one.
    if (blocked.size === before) return blocked;
  }
}

function renamesOf(wishes: readonly Wish[], taken: ReadonlySet<string>, side: Side): TagRename[] {
  const slots = new Map<string, string>();
  const wanted: WantedName[] = [];
  for (const { binding, label, winner, ...want } of wishes) {
    const id = (side === 'crm' ? binding.crmKey : binding.providerId) ?? '';
    const now = side === 'crm' ? label : binding.name;
    slots.set(id, binding.slot);
    const isWanted = winner === other(side) && !taken.has(binding.slot) && !isSameName(now, want[side]);
    if (isWanted) wanted.push({ id, now, want: want[side] });
  }
  return orderRenames(wanted).map((step) => ({
    ...step,
    side,
    slot: slots.get(step.id) ?? '',
    isTemporary: step.to === temporaryTagName(step.id),
  }));
}

/**
 * The marker tag is ours: a new name that somebody gave it is taken back, unless another tag has its own by now, or the
 * provider refused it before.
 */
function markerRename(seen: readonly TagBinding[], foreign: readonly string[]): TagRename[] {
  const { slot, providerId: id, name = '', providerName } = seen.find(({ state }) => state === 'marker') ?? {};
  if (slot === undefined || id === undefined || name === providerName) return [];
  if (foreign.some((one) => foldTag(one) === MARKER_TAG)) return [];
  return [{ side: 'provider', slot, id, from: name, to: MARKER_TAG, isTemporary: false }];
}

function newQuestions(
  before: readonly TagBinding[],
  after: readonly TagBinding[],
  wishes: ReadonlyMap<string, Wish>,
): NewTagQuestion[] {
  const asked = new Map(before.map(({ slot, question }) => [slot, question]));
  return after.flatMap(({ slot, question, name, crmName }) => {
    if (question === undefined || asked.get(slot) === question) return [];
    const wish = wishes.get(slot);
    if (question !== 'name-taken' || !wish) return [{ question, name, wanted: '' }];
    const isFromCrm = wish.winner === 'crm';
    return [{ question, name: isFromCrm ? name : crmName, wanted: isFromCrm ? wish.provider : wish.crm }];
  });
}

function other(side: Side): Side {
  return side === 'crm' ? 'provider' : 'crm';
}
