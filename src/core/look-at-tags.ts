import { type CrmTag, foldTag, MARKER_TAG, type ProviderTag } from './tag.ts';
import { freeSlot, newBinding, type TagBinding } from './tag-binding.ts';

/** The tags of both sides as just listed, and what is known of them. */
export type TagSides = {
  crm: readonly CrmTag[];
  provider: readonly ProviderTag[];
  bindings: readonly TagBinding[];
};

/**
 * Brings the bindings in step with what is there (R11): tags of one name that are bound to nothing are bound; a tag that is
 * gone from one side is left alone on the other and asked about; nothing is to be written for it.
 */
export function lookAtTags({ crm, provider, bindings }: TagSides): TagBinding[] {
  const labels = new Map(crm.map((tag) => [tag.key, tag]));
  const names = new Map(provider.map((tag) => [tag.id, tag]));
  const seen = bindings.map((binding) => lookAtBinding(binding, labels, names));
  return withNewBindings(seen, crm, provider);
}

function lookAtBinding(
  binding: TagBinding,
  labels: ReadonlyMap<string, CrmTag>,
  names: ReadonlyMap<string, ProviderTag>,
): TagBinding {
  const inCrm = labels.get(binding.crmKey ?? '');
  const named = names.get(binding.providerId ?? '');
  // A tag that got the marker's name is the marker; as somebody's tag it is gone (M10).
  const atProvider = binding.state !== 'marker' && named && foldTag(named.name) === MARKER_TAG ? undefined : named;
  switch (binding.state) {
    case 'gone':
      return binding;
    case 'marker':
      return atProvider ? { ...binding, name: atProvider.name } : gone(binding);
    case 'apart': {
      const left = inCrm?.label ?? atProvider?.name;
      if (left === undefined) return gone(binding);
      const isLeftAlone = binding.answer === 'keep';
      return { ...binding, name: left, ...(isLeftAlone ? { question: undefined, answer: undefined } : {}) };
    }
    case 'bound': {
      if (inCrm && atProvider) return { ...binding, name: atProvider.name };
      const apart = { ...binding, state: 'apart', answer: undefined } as const;
      if (inCrm) return { ...apart, providerId: undefined, name: inCrm.label, question: 'deleted-at-provider' };
      if (atProvider) return { ...apart, crmKey: undefined, name: atProvider.name, question: 'deleted-in-crm' };
      return gone(binding);
    }
  }
}

function gone(binding: TagBinding): TagBinding {
  return {
    ...binding,
    state: 'gone',
    crmKey: undefined,
    providerId: undefined,
    question: undefined,
    answer: undefined,
  };
}

/** Binds by name what is bound to nothing, and anew what was apart and is on both sides again. */
function withNewBindings(
  seen: readonly TagBinding[],
  crm: readonly CrmTag[],
  provider: readonly ProviderTag[],
): TagBinding[] {
  const fixed = seen.filter(({ state }) => state === 'bound' || state === 'marker');
  const boundKeys = new Set(fixed.map(({ crmKey }) => crmKey));
  const boundIds = new Set(fixed.map(({ providerId }) => providerId));
  const slots = new Set(seen.map(({ slot }) => slot));
  const freeByName = new Map<string, ProviderTag>();
  for (const tag of provider) {
    const folded = foldTag(tag.name);
    if (!boundIds.has(tag.id) && !freeByName.has(folded)) freeByName.set(folded, tag);
  }
  const made: TagBinding[] = [];
  const marker = freeByName.get(MARKER_TAG);
  freeByName.delete(MARKER_TAG);
  if (marker && !seen.some(({ state }) => state === 'marker')) {
    const slot = take(MARKER_TAG, slots);
    made.push({ ...newBinding({ key: '', label: MARKER_TAG }, marker, slot), state: 'marker', crmKey: undefined });
  }
  for (const tag of crm) {
    const folded = foldTag(tag.label);
    const counterpart = freeByName.get(folded);
    if (!counterpart || folded === '' || boundKeys.has(tag.key)) continue;
    freeByName.delete(folded);
    made.push(newBinding(tag, counterpart, take(folded, slots)));
  }
  const newKeys = new Set(made.map(({ crmKey }) => crmKey).filter((key) => key !== undefined));
  const newIds = new Set(made.map(({ providerId }) => providerId).filter((id) => id !== undefined));
  const isBoundAnew = ({ state, crmKey, providerId }: TagBinding) =>
    state === 'apart' && (newKeys.has(crmKey ?? '') || newIds.has(providerId ?? ''));
  return [...seen.map((binding) => (isBoundAnew(binding) ? gone(binding) : binding)), ...made];
}

/** Never the slot of the tag that was deleted: who lost it then would seem to have been taken off it (R11). */
function take(folded: string, slots: Set<string>): string {
  const slot = freeSlot(folded, slots);
  slots.add(slot);
  return slot;
}
