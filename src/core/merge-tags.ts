import { foldTag, MARKER_TAG } from './tag.ts';

/** What has to be written on each side so that both hold the merged tags; names as the side that has them spells them. */
export type TagMerge = {
  provider: { add: readonly string[]; remove: readonly string[] };
  crm: { add: readonly string[]; remove: readonly string[] };
  /** folded names after the merge, sorted, marker tag left out */
  merged: readonly string[];
};

/**
 * Merges a person's tags three ways (R11): what either side added since the base is added to the other, what either side
 * took off is taken off. Without a base nothing is taken off (M10). The marker tag is always set at the provider and never
 * taken over.
 *
 * @param crm names of the contact's tags
 * @param provider names of the member's tags
 * @param base folded names both sides had when they last agreed; undefined at a first meeting
 * @param isManaged whether a folded name may travel; tags that may not stay as they are on both sides (R11)
 */
export function mergeTags(
  crm: readonly string[],
  provider: readonly string[],
  base: readonly string[] | undefined,
  isManaged: (folded: string) => boolean,
): TagMerge {
  const hasMarker = provider.some((name) => foldTag(name) === MARKER_TAG);
  // An agent may own a tag of the marker's name; it must not travel as one.
  const mayTravel = (folded: string) => folded !== MARKER_TAG && isManaged(folded);
  const crmByName = byFoldedName(crm, mayTravel);
  const providerByName = byFoldedName(provider, mayTravel);
  const merged = new Map<string, string>();
  const before = new Set(base ?? []);
  for (const [folded, name] of [...providerByName, ...crmByName]) {
    const isNew = !before.has(folded);
    const isKept = crmByName.has(folded) && providerByName.has(folded);
    if (isNew || isKept) merged.set(folded, name);
  }
  const addToProvider = [...merged].filter(([folded]) => !providerByName.has(folded)).map(([, name]) => name);
  return {
    provider: {
      add: hasMarker ? addToProvider : [MARKER_TAG, ...addToProvider],
      remove: [...providerByName].filter(([folded]) => !merged.has(folded)).map(([, name]) => name),
    },
    crm: {
      add: [...merged].filter(([folded]) => !crmByName.has(folded)).map(([, name]) => name),
      remove: [...crmByName].filter(([folded]) => !merged.has(folded)).map(([, name]) => name),
    },
    merged: [...merged.keys()].sort(),
  };
}

function byFoldedName(names: readonly string[], mayTravel: (folded: string) => boolean): Map<string, string> {
  const byName = new Map<string, string>();
  for (const name of names) {
    const folded = foldTag(name);
    if (folded && mayTravel(folded) && !byName.has(folded)) byName.set(folded, name.trim());
  }
  return byName;
}
