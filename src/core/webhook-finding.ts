/** What a webhook can be told about, in our words; the adapter knows the provider's names for it. */
export const WEBHOOK_TOPICS = [
  'subscribed',
  'unsubscribed',
  'complained',
  'bounced',
  'removed',
  'edited',
  'address-changed',
  'campaign',
  'delivered',
  'opened',
  'clicked',
  'soft-bounce',
] as const;
export type WebhookTopic = (typeof WEBHOOK_TOPICS)[number];

/**
 * What is wrong with our webhook at the provider (F3). `wrong-url`: ours, under another address than this server's;
 * `events-missing`: topics it is not told about, `hasOptOuts` where opt-outs come by one of them; `sources-missing`: what people
 * or administrators do is not told; `listens-to-programs`: what programs do is told too, and looks like people's doing;
 * `doubled`: there are several of ours; `foreign`: another installation or onOffice's own connector has one (F9).
 */
export type WebhookFinding =
  | { kind: 'missing' }
  | { kind: 'wrong-url'; host: string }
  | { kind: 'events-missing'; topics: readonly WebhookTopic[]; hasOptOuts: boolean }
  | { kind: 'sources-missing' }
  | { kind: 'listens-to-programs' }
  | { kind: 'doubled'; count: number }
  | { kind: 'foreign'; host: string };

/** What is put right without being asked: what opt-outs depend on, or everything (setting). */
export type WebhookRepair = 'opt-outs' | 'everything';

/**
 * Whether findings are put right now. Beside another installation's hook nothing is: it may have taken the audience over (F9).
 * A hook of ours under another address waits to be asked, because a copy of this installation may have put it there, and two
 * copies would move it to and fro. A programs' subscription that looks like a person's would lift an opt-out (R1 a).
 */
export function isRepairedNow(findings: readonly WebhookFinding[], mode: WebhookRepair): boolean {
  const kinds = new Set(findings.map(({ kind }) => kind));
  if (findings.length === 0 || kinds.has('foreign')) return false;
  if (mode === 'everything') return true;
  return !kinds.has('wrong-url') && findings.some(concernsOptOuts);
}

function concernsOptOuts(finding: WebhookFinding): boolean {
  switch (finding.kind) {
    case 'missing':
    case 'sources-missing':
    case 'listens-to-programs':
    case 'doubled':
      return true;
    case 'events-missing':
      return finding.hasOptOuts;
    case 'wrong-url':
    case 'foreign':
      return false;
  }
}
