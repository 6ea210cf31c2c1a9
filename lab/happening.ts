import type { Identity } from './holders.ts';
import { LAB_START } from './lab-world.ts';

/** What somebody has said of his will, as the simulators and actors saw it; nothing of the product's is asked. */
export type Saying = {
  at: number;
  says: 'opt-out' | 'opt-in';
  about: Set<Identity>;
  how: string;
  /** it stands in the history of somebody whom Mailchimp has archived: nobody reads that but who puts him back there (R5) */
  isInHistory: boolean;
};

/** Before everything that happens in a history, in ms. */
export const LONG_AGO = LAB_START - 9 * 86_400_000;

/** What becomes a saying, or moves those that there are. */
export type Happening = { at: number } & (
  | { kind: 'says'; says: Saying['says']; about: Identity[]; how: string; isInHistory?: boolean }
  /** `by` which provider, `cameAt` when he got the address that he has no more, and whether anybody can know that it was his */
  | { kind: 'moves'; from: string; to: string; cameAt: number; isKnown: boolean; by: string }
);
