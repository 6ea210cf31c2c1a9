import type { z } from 'zod';
import type { Bridge } from '../http/api/connections.ts';
import type { Preview, Run } from '../http/api/runs.ts';

type RunAnswer = z.output<typeof Run>;
type BridgeAnswer = z.output<typeof Bridge>;
type PreviewAnswer = z.output<typeof Preview>;

/** A run as lines for a terminal; nothing in them depends on time or ids. */
export function runLines(run: RunAnswer): string[] {
  const head = `Run: ${run.state}${run.finishedAt ? '' : `, ${run.phase}`}${run.error ? ` (${run.error.code})` : ''}`;
  const rows = run.operations.map(({ kind, planned, done, refused, heldBack }) =>
    line(kind, done, [
      planned > done + refused + heldBack ? `of ${planned}` : '',
      refused > 0 ? `${refused} refused` : '',
      heldBack > 0 ? `${heldBack} held back` : '',
    ]),
  );
  return [head, ...rows];
}

/** A preview as lines for a terminal (U3). */
export function previewLines(preview: PreviewAnswer): string[] {
  return [
    `Preview: ${preview.contactsRead} contacts and ${preview.membersRead} members read`,
    ...preview.counts.map(({ kind, count }) => line(kind, count)),
    line('unchanged', preview.unchanged),
    'Left out:',
    ...preview.leftOut.map(({ reason, count }) => line(reason, count)),
    ...(preview.membersWithoutContact.length > 0 ? ['Members without a contact that says Yes:'] : []),
    ...preview.membersWithoutContact.map(({ reason, count }) => line(reason, count)),
  ];
}

/** The count bridge as lines for a terminal (section 7). */
export function bridgeLines(bridge: BridgeAnswer): string[] {
  return [
    'Count bridge:',
    line('contacts with Newsletter = Yes', bridge.contactsWithYes),
    ...bridge.reasons.map(({ reason, count }) => line(`- ${reason}`, count)),
    line('= members they explain', bridge.explainedMembers),
    ...bridge.memberReasons.map(({ reason, count }) => line(`+ ${reason}`, count)),
    line('= active members', bridge.activeMembers),
    bridge.addsUp ? '  The bridge adds up.' : '  The bridge does NOT add up: this is a fault of the program.',
  ];
}

function line(label: string, count: number, remarks: readonly string[] = []): string {
  const said = remarks.filter((remark) => remark !== '');
  return `  ${label.padEnd(34)} ${String(count).padStart(7)}${said.length > 0 ? `  (${said.join(', ')})` : ''}`;
}
