import { registerHooks } from 'node:module';

/**
 * Counts which cells of the tables R5 and R6 the product meets, for `node --import`: where it decides what a meeting leads to it
 * tells so as the lab's process loads it. The files stay as they are.
 */
const WATCHED = [
  {
    file: 'src/core/plan-person.ts',
    find: 'function planEligible(person: PersonCase, eligible: readonly SeenContact[], rules: PlanRules): PersonPlan {',
    adds: "globalThis.onMeeting?.({ consent: representative(eligible).consent, status: person.member?.status ?? 'absent', base: representative(eligible).base ?? eligible.find((contact) => contact.base)?.base });",
  },
  {
    file: 'src/core/plan-without-contact.ts',
    find: 'export function planWithoutContact(person: PersonCase, excluded: readonly SeenContact[], rules: PlanRules): PersonPlan {',
    adds: "globalThis.onMeeting?.({ consent: excluded.length > 0 ? 'left out' : 'no contact', status: person.member?.status ?? 'absent', base: undefined });",
  },
];

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    const watched = WATCHED.find(({ file }) => url.endsWith(`/${file}`));
    if (!watched) return loaded;
    const { file, find, adds } = watched;
    const parts = String(loaded.source).split(find);
    if (parts.length !== 2) throw new Error(`${file} does not hold once what is watched: ${find}`);
    return { ...loaded, source: parts.join(`${find} ${adds}`) };
  },
});
