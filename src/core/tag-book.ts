import { type CrmTag, cutTagName, foldTag, MARKER_TAG, type ProviderTag } from './tag.ts';
import { freeSlot, type TagBinding } from './tag-binding.ts';

/** A tag that travels: the slot is the same on both sides and in base states, the name is what the provider calls it. */
export type TravellingTag = { slot: string; name: string };

/** What the tags of both sides are to each other while a plan is made and carried out (R11). */
export type TagBook = {
  /** Undefined: the contact's tag stays as it is. */
  ofContact(key: string): TravellingTag | undefined;
  /** Undefined: the member's tag stays as it is. */
  ofMember(tag: ProviderTag): TravellingTag | undefined;
  isMarker(tag: ProviderTag): boolean;
  /** The CRM's keys of a travelling tag, the one to set first; several where the CRM has its name twice. */
  keysOf(name: string): readonly string[];
  /** The provider's id that is bound to the name; undefined: none is, yet. */
  idOf(name: string): string | undefined;
};

/**
 * Makes the book. Bound tags are known by key and id whatever they are called; all others by their name, but not by one that
 * belongs to somebody else.
 *
 * @param parts.crmTags all tags of the CRM
 * @param parts.providerTags all tags of the provider
 * @param parts.refusedNames folded names that the CRM refused to create
 * @param parts.isManaged false: the CRM has no tags, so nothing but the marker is ours
 */
export function createTagBook(parts: {
  crmTags: readonly CrmTag[];
  providerTags: readonly ProviderTag[];
  bindings: readonly TagBinding[];
  refusedNames: ReadonlySet<string>;
  maxNameLength: number;
  isManaged: boolean;
}): TagBook {
  const { bindings, refusedNames, maxNameLength, isManaged } = parts;
  const bound = bindings.filter(({ state }) => state === 'bound');
  const apart = bindings.filter(({ state }) => state === 'apart');
  const slots = new Set(bindings.map(({ slot }) => slot));
  const labels = new Map(parts.crmTags.map(({ key, label }) => [key, label]));
  const names = new Map(parts.providerTags.map(({ id, name }) => [id, name]));
  const byKey = new Map(bound.map((binding) => [binding.crmKey ?? '', binding]));
  const byId = new Map(bound.map((binding) => [binding.providerId ?? '', binding]));
  const byName = new Map(bound.map((binding) => [foldTag(binding.name), binding]));
  const keysLeftAlone = new Set(apart.map(({ crmKey }) => crmKey));
  const idsLeftAlone = new Set(apart.map(({ providerId }) => providerId));
  const markerId = bindings.find(({ state }) => state === 'marker')?.providerId;
  const namesLeftAlone = new Set([...refusedNames, ...apart.map(({ name }) => foldTag(name)), MARKER_TAG, '']);
  const labelOf = ({ crmKey, crmName }: TagBinding) => labels.get(crmKey ?? '') ?? crmName;
  const takenInCrm = new Set(bound.map((binding) => foldTag(cutTagName(labelOf(binding), maxNameLength))));
  const travelling = ({ slot, name }: TagBinding): TravellingTag => ({ slot, name });
  const unbound = (name: string): TravellingTag => ({ slot: freeSlot(foldTag(name), slots), name });

  const isMarker = ({ id, name }: ProviderTag) => foldTag(name) === MARKER_TAG || (id !== '' && id === markerId);

  const ofContact = (key: string): TravellingTag | undefined => {
    if (!isManaged) return undefined;
    const own = byKey.get(key);
    if (own) return travelling(own);
    const label = labels.get(key);
    if (label === undefined || keysLeftAlone.has(key)) return undefined;
    const name = cutTagName(label, maxNameLength);
    const folded = foldTag(name);
    if (namesLeftAlone.has(folded)) return undefined;
    const holder = byName.get(folded);
    if (!holder) return unbound(name);
    // The CRM has the name twice: one tag. Else the name is another tag's at the provider.
    return foldTag(cutTagName(labelOf(holder), maxNameLength)) === folded ? travelling(holder) : undefined;
  };

  const ofMember = (tag: ProviderTag): TravellingTag | undefined => {
    if (!isManaged || isMarker(tag)) return undefined;
    const own = byId.get(tag.id) ?? (tag.id === '' ? byName.get(foldTag(tag.name)) : undefined);
    if (own) return travelling(own);
    // A member may have been read before the list was, or after it: the list says which tags there are, and how they are called.
    const name = tag.id === '' ? tag.name : names.get(tag.id);
    if (name === undefined || idsLeftAlone.has(tag.id)) return undefined;
    const folded = foldTag(name);
    const isAnothers = namesLeftAlone.has(folded) || byName.has(folded) || takenInCrm.has(folded);
    return isAnothers ? undefined : unbound(name.trim());
  };

  const keysByName = Map.groupBy(new Set([...byKey.keys(), ...labels.keys()]), (key) =>
    foldTag(ofContact(key)?.name ?? ''),
  );
  return {
    ofContact,
    ofMember,
    isMarker,
    keysOf: (name) => keysByName.get(foldTag(name)) ?? [],
    idOf: (name) => (foldTag(name) === MARKER_TAG ? markerId : byName.get(foldTag(name))?.providerId),
  };
}
