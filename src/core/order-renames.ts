import { foldTag } from './tag.ts';

/** A tag of one side with the name it has and the one it shall have. */
export type WantedName = { id: string; now: string; want: string };

/** One rename to be carried out. */
export type RenameStep = { id: string; from: string; to: string };

/** The name a tag has for a moment while names are exchanged; told from those that people give by its id. */
export function temporaryTagName(id: string): string {
  return `onoffice: ${id}`;
}

/**
 * Puts renames in an order in which no two tags ever have one name: whoever takes a name comes after the one who gives it up,
 * and a swap goes through a temporary name (R11).
 *
 * @param tags tags whose wanted names are all different and free but for the tags given here
 */
export function orderRenames(tags: readonly WantedName[]): RenameStep[] {
  const steps: RenameStep[] = [];
  let open = tags.filter(({ now, want }) => now !== want);
  const rename = ({ id, now }: WantedName, to: string) => steps.push({ id, from: now, to });
  while (open.length > 0) {
    const holders = new Map(open.map((tag) => [foldTag(tag.now), tag]));
    const waits = (tag: WantedName) => (holders.get(foldTag(tag.want)) ?? tag) !== tag;
    const ready = open.filter((tag) => !waits(tag));
    for (const tag of ready) rename(tag, tag.want);
    if (ready.length > 0) open = open.filter(waits);
    else {
      const exchanged = someOfACircle(open, holders);
      const to = temporaryTagName(exchanged.id);
      rename(exchanged, to);
      open = open.map((tag) => (tag === exchanged ? { ...tag, now: to } : tag));
    }
  }
  return steps;
}

/** Where all wait for one another, whoever follows the names long enough is in a circle. */
function someOfACircle(open: readonly WantedName[], holders: ReadonlyMap<string, WantedName>): WantedName {
  let [tag] = open;
  for (let step = 0; step < open.length; step += 1) tag = tag && holders.get(foldTag(tag.want));
  if (!tag) throw new Error('a tag that waits has somebody to wait for');
  return tag;
}
