import { registerHooks } from 'node:module';

/**
 * Counts which cells of the tables R5 and R6 the product meets, for `node --import`: where it decides what a meeting leads to it
 * tells so as the lab's process loads it. The files stay as they are.
 */
const FILE = 'src/core/plan-person.ts';
const WATCHED = [
  {
    find: 'function planEligible(person: PersonCase, eligible: readonly SeenContact[], rules: PlanRules): PersonPlan {',
    adds: "globalThis.onMeeting?.({ consent: representative(eligible).consent, status: person.member?.status ?? 'absent', base: representative(eligible).base ?? eligible.find((contact) => contact.base)?.base });",
  },
  {
    find: 'function planWithoutContact(person: PersonCase, excluded: readonly SeenContact[], rules: PlanRules): PersonPlan {',
    adds: "globalThis.onMeeting?.({ consent: excluded.length > 0 ? 'left out' : 'no contact', status: person.member?.status ?? 'absent', base: undefined });",
  },
];

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.endsWith(`/${FILE}`)) return loaded;
    const source = WATCHED.reduce((text, { find, adds }) => {
      const parts = text.split(find);
      if (parts.length !== 2) throw new Error(`${FILE} does not hold once what is watched: ${find}`);
      return parts.join(`${find} ${adds}`);
    }, String(loaded.source));
    return { ...loaded, source };
  },
});
