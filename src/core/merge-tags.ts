import { MARKER_TAG } from './tag.ts';
import type { TravellingTag } from './tag-book.ts';

/** What has to be written on each side so that both hold the merged tags, by the names that the provider has for them. */
export type TagMerge = {
  provider: { add: readonly string[]; remove: readonly string[] };
  crm: { add: readonly string[]; remove: readonly string[] };
  /** slots that both sides agree on once that is written, sorted, marker tag left out */
  merged: readonly string[];
};

/** A person's tags on both sides; what does not travel is left out (R11). */
export type PersonTags = {
  crm: readonly TravellingTag[];
  provider: readonly TravellingTag[];
  /** the member carries the marker tag */
  hasMarker: boolean;
  /** slots of the tags both sides had when they last agreed; undefined at a first meeting */
  base: readonly string[] | undefined;
};

/**
 * Merges a person's tags three ways (R11): what either side added since the base is added to the other, what either side
 * took off is taken off. Without a base nothing is taken off (M10). The marker tag is always set at the provider.
 *
 * @param takesOver false between full syncs: the CRM's changes go to the provider at once (M16), the provider's are neither
 *   taken over nor undone nor forgotten; the next full sync finds them beside the base that is agreed here (M22)
 */
export function mergeTags(tags: PersonTags, takesOver: boolean): TagMerge {
  const inCrm = bySlot(tags.crm);
  const atProvider = bySlot(tags.provider);
  const before = new Set(tags.base ?? []);
  const merged = new Map<string, string>();
  for (const [slot, name] of [...atProvider, ...inCrm]) {
    const isNew = !before.has(slot);
    const isKept = inCrm.has(slot) && atProvider.has(slot);
    if (isNew || isKept) merged.set(slot, name);
  }
  const marker = tags.hasMarker ? [] : [MARKER_TAG];
  if (!takesOver) {
    return {
      provider: {
        add: [...marker, ...namesOf(inCrm, (slot) => !atProvider.has(slot) && !before.has(slot))],
        remove: namesOf(atProvider, (slot) => !inCrm.has(slot) && before.has(slot)),
      },
      crm: { add: [], remove: [] },
      // What the provider took off stays agreed, what it added is not yet: both are changes of its side.
      merged: [...inCrm.keys()].sort(),
    };
  }
  return {
    provider: {
      add: [...marker, ...namesOf(merged, (slot) => !atProvider.has(slot))],
      remove: namesOf(atProvider, (slot) => !merged.has(slot)),
    },
    crm: {
      add: namesOf(merged, (slot) => !inCrm.has(slot)),
      remove: namesOf(inCrm, (slot) => !merged.has(slot)),
    },
    merged: [...merged.keys()].sort(),
  };
}

function namesOf(tags: ReadonlyMap<string, string>, isMeant: (slot: string) => boolean): string[] {
  return [...tags].filter(([slot]) => isMeant(slot)).map(([, name]) => name);
}

function bySlot(tags: readonly TravellingTag[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const { slot, name } of tags) if (!names.has(slot)) names.set(slot, name);
  return names;
}
