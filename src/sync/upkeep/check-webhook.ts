import type { Clock } from '../../core/clock.ts';
import type { Connection } from '../../core/connection.ts';
import { ProviderError } from '../../core/errors.ts';
import type { MailingProvider } from '../../core/mailing-provider.ts';
import type { Secret } from '../../core/secret.ts';
import { isRepairedNow, type WebhookFinding, type WebhookRepair } from '../../core/webhook-finding.ts';
import type { Store } from '../../db/store.ts';
import type { StoredNotice } from '../../db/sync-runs.ts';
import { type HookSigning, makeWebhook } from '../set-up/make-webhook.ts';
import { type HookPlace, hookAddress, isForeignHook, isLocalAddress, ownerOfHook } from '../set-up/webhook-address.ts';
import { webhookNotices } from './webhook-notice.ts';

/** What a check of the webhook is handed. */
export type CheckWebhookParts = {
  connection: Connection & { audienceId: string };
  store: Pick<Store, 'tables' | 'transact'>;
  provider: MailingProvider;
  place: HookPlace;
  hookSecret: Secret;
  signing: HookSigning;
  clock: Clock;
};

/** What a check found, gravest first, whether it was put right, and whether the webhook is as it has to be now. */
export type WebhookCheck = { findings: readonly StoredNotice[]; isRepaired: boolean; isWell: boolean };

type Outcome = { findings: readonly WebhookFinding[]; isRepaired: boolean; obstacle?: StoredNotice };

/**
 * Checks our webhook at the provider (F3) and puts right what `mode` allows; by default what the settings say. The outcome
 * becomes the webhook's health, and what is new in it stands in the journal. One call, a few more where something is repaired.
 *
 * @throws ProviderError when the provider does not answer or refuses the key; nothing is known then
 */
export async function checkWebhook(parts: CheckWebhookParts, mode?: WebhookRepair): Promise<WebhookCheck> {
  const outcome = await inspectAndRepair(parts, mode ?? parts.connection.settings.webhookRepair ?? 'opt-outs');
  const { isRepaired, obstacle } = outcome;
  const findings = webhookNotices(outcome.findings);
  const isWell = obstacle === undefined && (isRepaired || findings.length === 0);
  await settle(parts, { findings, isRepaired, isWell }, obstacle);
  return { findings, isRepaired, isWell };
}

async function inspectAndRepair(parts: CheckWebhookParts, mode: WebhookRepair): Promise<Outcome> {
  const { connection, store, provider, place, hookSecret } = parts;
  if (isLocalAddress(place.publicUrl) && !place.isPractice) {
    return { findings: [], isRepaired: false, obstacle: { code: 'webhook.local_address', params: {} } };
  }
  const { accepted } = await store.tables.connection.hooks();
  const { url, ownPrefix } = hookAddress(place, provider, hookSecret);
  const inspected = await provider.inspectWebhook(
    connection.audienceId,
    url,
    ownPrefix,
    connection.settings.activities,
  );
  // Beside a hook with which the audience was taken over there is nothing to find (F9).
  const foreign = inspected.otherUrls.find(
    (other) => isForeignHook(other, place, provider.name) && !accepted.includes(ownerOfHook(other, provider.name)),
  );
  const findings: WebhookFinding[] = [...inspected.findings];
  if (foreign !== undefined) findings.push({ kind: 'foreign', host: new URL(foreign).host });
  if (!isRepairedNow(findings, mode)) return { findings, isRepaired: false };
  const obstacle = await repair(parts, findings);
  return obstacle ? { findings, isRepaired: false, obstacle } : { findings, isRepaired: true };
}

async function repair(
  parts: CheckWebhookParts,
  findings: readonly WebhookFinding[],
): Promise<StoredNotice | undefined> {
  const { connection, store, signing } = parts;
  const [hookMark] = (await store.tables.connection.hooks()).marks;
  // A new hook brings a new secret. Were we to die before it is stored, the old one would refuse every event from then on.
  if (findings.some(({ kind }) => kind === 'missing')) await signing.forget();
  const made = await makeWebhook(
    { ...parts, hookMark, activities: connection.settings.activities },
    connection.audienceId,
  ).catch(async (error: unknown) => {
    if (error instanceof ProviderError && error.mayHaveHappened) await signing.forget();
    throw error;
  });
  if (made.state === 'failing') return made.notice;
  if (made.signingSecret) await signing.keep(made.signingSecret);
  return undefined;
}

async function settle(
  { store, clock }: CheckWebhookParts,
  { findings, isRepaired, isWell }: WebhookCheck,
  obstacle: StoredNotice | undefined,
): Promise<void> {
  const now = clock.now();
  const notice = isWell ? undefined : (obstacle ?? findings[0]);
  await store.transact(async ({ health, journal }) => {
    const before = (await health.all()).find(({ system }) => system === 'webhook');
    await health.set('webhook', isWell ? 'ok' : 'failing', now, notice, isWell ? [] : findings);
    if (isRepaired) {
      for (const { code } of findings) await journal.write('journal.webhook_repaired', { cause: code }, now);
      return;
    }
    // What is known already is not told again each day.
    const known = new Set((before?.findings ?? []).map(sayingOf));
    for (const finding of findings) {
      if (!known.has(sayingOf(finding))) await journal.write(finding.code, finding.params, now, true);
    }
  });
}

function sayingOf({ code, params }: StoredNotice): string {
  return JSON.stringify([code, Object.entries(params).sort()]);
}
