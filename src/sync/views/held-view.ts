import type { Connection } from '../../core/connection.ts';
import type { OperationKind } from '../../core/operation.ts';
import type { LetterLanguage } from '../../core/salutation.ts';
import type { HeldChoice, HeldQuestion } from '../../db/held-changes.ts';
import type { Tables } from '../../db/store.ts';
import { describeChanges, type PlannedChange } from './preview-view.ts';

/** Some of what waits for an answer; `next` continues it, null: that was all. */
export type HeldPage = { changes: PlannedChange[]; next: string | null };

/** What waits for an answer (R12, M21), by question and kind; `asOf`: what was held up to then is shown. */
export type HeldView = {
  asOf: string;
  groups: ({ question: HeldQuestion; kind: OperationKind; count: number; since: string } & HeldPage)[];
};

/** How many of each group are shown before anybody asks for more. */
const SAMPLES = 10;
const PAGE = 100;

type ViewParts = { tables: Tables; connection: Connection; language: LetterLanguage };

/** Puts together everything that waits, each group with its first people. */
export async function heldView(parts: ViewParts, now: number): Promise<HeldView> {
  const groups: HeldView['groups'] = [];
  for (const { question, kind, count, since } of await parts.tables.held.counts()) {
    const page = await pageOf(parts, { question, kind, upTo: now }, 0, SAMPLES);
    groups.push({ question, kind, count, since, ...page });
  }
  return { asOf: new Date(now).toISOString(), groups };
}

/** One page of a group. @param after `next` of the page before */
export function heldPage(parts: ViewParts, choice: HeldChoice, after: number): Promise<HeldPage> {
  return pageOf(parts, choice, after, PAGE);
}

async function pageOf(
  { tables, connection, language }: ViewParts,
  choice: HeldChoice,
  after: number,
  limit: number,
): Promise<HeldPage> {
  const held = await tables.held.asked(choice, after, limit + 1);
  const shown = held.slice(0, limit);
  const last = shown.at(-1);
  return {
    changes: await describeChanges(
      tables,
      shown.map(({ operation }) => operation),
      { language, optOutValue: connection.settings.optOutValue },
    ),
    next: held.length > limit && last ? String(last.id) : null,
  };
}
