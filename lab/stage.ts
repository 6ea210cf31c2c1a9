import type { ContactForm } from '../simulators/onoffice/agent.ts';
import type { OutsideName, RequestFate } from './carry-request.ts';
import type { LabWorld } from './lab-world.ts';
import type { CommitFate } from './mortal-engine.ts';
import type { SeenContacts } from './watch-contacts.ts';

/** What goes wrong at present or next. Instants in ms. */
export type Weather = {
  nextFate: RequestFate | undefined;
  nextCommit: CommitFate;
  outages: { system: OutsideName; until: number; fate: RequestFate }[];
  hooksFineAt: number;
};

/** A world with what the actors remember of it. */
export type Stage = SeenContacts & {
  world: LabWorld;
  /** addresses that deeds name */
  addresses: readonly string[];
  /** record numbers of all contacts that were planted or made by agents, oldest first */
  contactIds: number[];
  /** contacts whom nothing happens to, so that one person is not half of the audience (R12) */
  bystanders: ReadonlySet<number>;
  /** lines of the newest backup */
  backup: readonly string[] | undefined;
  openForms: Map<number, ContactForm>;
  enteredOptIns: { contactId: number; at: number }[];
  weather: Weather;
  /** when the last backup was restored, in ms; 0: never */
  restoredAt: number;
  /** when the newest backup was made, and the one that was restored last, in ms; 0: never */
  backedUpAt: number;
  restoredFromAt: number;
  /** whether the user had removed members put back */
  hasPutBack: boolean;
  /** instants at which everything was found in order */
  calmAt: number[];
  /** what is none of ours, as it stood after the last deed */
  belongings: string;
  /** how often what was asked for, since the last calm began */
  requests: Map<string, number>;
  /** what the product did that it must not, as it was noticed on the way; in sentences */
  noticed: string[];
};

/** Told what happens, as it happens. */
export type Tell = (at: number, sentence: string) => void;
