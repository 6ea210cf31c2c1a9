import { ACTIVITY_KINDS_OF, tickedSince } from '../../core/activity-settings.ts';
import type { Connection, ConnectionSettings } from '../../core/connection.ts';
import { ProviderError, UserError } from '../../core/errors.ts';
import type { Audience, FieldMapping, MailingProvider } from '../../core/mailing-provider.ts';
import type { OutsideSystems } from '../../core/outside-systems.ts';
import type { Secret } from '../../core/secret.ts';
import { outOfRange } from '../../core/work-settings.ts';
import { AUDIENCE_NAME } from './check-provider.ts';
import { chooseAudience } from './choose-audience.ts';
import type { ConnectionInSetUp, ConnectionRegistry } from './connection-registry.ts';
import { type HookSigning, type MadeWebhook, makeWebhook } from './make-webhook.ts';
import { planMapping } from './plan-mapping.ts';
import { assertTakenOver } from './take-over.ts';
import { type HookPlace, hookAddress, isForeignHook, ownerOfHook } from './webhook-address.ts';

/** What saving settings is handed. */
export type SaveSettingsParts = {
  systems: OutsideSystems;
  registry: Pick<ConnectionRegistry, 'ofAccount' | 'formersOf'>;
  place: HookPlace;
  hookSecret: Secret;
  /** for a hook that is written now (F9) */
  hookMark: string;
  /** the user takes the audience over from whoever else has a hook there (F9) */
  takesOver: boolean;
  /** instant in ms: what is ticked anew counts from here on (M4) */
  now: number;
  signing: Pick<HookSigning, 'forget'>;
  /** stores everything in one transaction */
  save(saved: SavedSetUp): Promise<void>;
};

/** What step 2 leaves behind. */
export type SavedSetUp = {
  audience: { id: string; name: string };
  settings: ConnectionSettings;
  mapping: FieldMapping;
  webhook: MadeWebhook;
  /** the mark of a hook that was created; undefined: what it carries was known before */
  hookMark: string | undefined;
  /** who else has a hook at the audience, with the user's knowledge (F9) */
  acceptedHooks: readonly string[];
  /** names of the settings that are others now; empty in a set-up */
  changed: readonly string[];
};

/**
 * Saves step 2 (M2–M5): audience, fields and webhook are made, or found and repaired where they are there, so that saving
 * twice makes nothing twice. Everything that can be refused is checked before anything is made.
 *
 * @throws UserError `connection.twin`, `settings.consent_not_permitted`, `settings.out_of_range`, `settings.activity_not_told`, `foreign_hook`, and those of `chooseAudience` and `planMapping`
 * @throws ProviderError
 */
export async function saveSettings(
  parts: SaveSettingsParts,
  { connection, store, credentials }: ConnectionInSetUp,
  wanted: ConnectionSettings,
): Promise<void> {
  assertTakenOver(connection);
  assertConsentPermitted(connection, wanted);
  assertInRange(wanted);
  assertTold(connection, wanted);
  const activities = withFixedActivities(wanted.activities);
  const activitiesSince = tickedSince(connection, activities, parts.now);
  const settings = { ...wanted, activities, activitiesSince };
  const provider = parts.systems.provider(connection.provider, credentials.providerKey).reads;
  const found = await findAudience(parts, { connection, store }, provider, settings);
  const acceptedHooks = found ? await acceptForeignHooks(parts, provider, found.id) : [];
  const recognised = found ? await provider.recogniseFields(found.id) : undefined;
  planMapping(settings.mapping, recognised);

  const audience = found ?? (await makeAudience(provider));
  const { mapping, toCreate } = planMapping(
    settings.mapping,
    recognised ?? (await provider.recogniseFields(audience.id)),
  );
  const created = toCreate.length > 0 ? await provider.createFields(audience.id, toCreate) : {};
  for (const field of toCreate) {
    const key = created[field];
    if (key !== undefined) mapping[field] = key;
  }
  await leaveFormerAudience(parts, connection, provider, audience.id);
  const webhook = await makeWebhook({ ...parts, provider, activities }, audience.id).catch(async (error: unknown) => {
    // The secret from before would refuse every event of a hook that was made anew; the one in its path still protects it.
    if (error instanceof ProviderError && error.mayHaveHappened) await parts.signing.forget();
    throw error;
  });
  const isCreated = webhook.state === 'ok' && webhook.change === 'created';
  const hookMark = isCreated ? parts.hookMark : undefined;
  const changed = connection.state === 'draft' ? [] : changedSettings(connection.settings, settings);
  await parts.save({ audience, settings, mapping, webhook, hookMark, acceptedHooks, changed });
}

function assertConsentPermitted({ crmFacts }: Connection, { optOutValue }: ConnectionSettings): void {
  const isPermitted =
    optOutValue === 'cancellation' ? crmFacts.permitsCancellation : crmFacts.writableConsents.includes('no');
  if (!isPermitted) throw new UserError({ code: 'settings.consent_not_permitted', field: 'optOutValue' });
}

function assertInRange(wanted: ConnectionSettings): void {
  const wrong = outOfRange(wanted);
  if (!wrong) return;
  const { field, least, most } = wrong;
  throw new UserError({ code: 'settings.out_of_range', field, params: { field, least, most } });
}

/** Names of the settings that are others now; for the journal. */
function changedSettings(before: ConnectionSettings, after: ConnectionSettings): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof ConnectionSettings>;
  const text = (settings: ConnectionSettings, name: keyof ConnectionSettings) => JSON.stringify(settings[name] ?? null);
  // Since when a kind is ticked follows from what is ticked.
  names.delete('activitiesSince');
  return [...names].filter((name) => text(before, name) !== text(after, name)).sort();
}

function assertTold({ provider }: Connection, { activities }: ConnectionSettings): void {
  const isTold = activities.every((kind) => ACTIVITY_KINDS_OF[provider].includes(kind));
  if (!isTold) throw new UserError({ code: 'settings.activity_not_told', field: 'activities' });
}

/** Subscribed and unsubscribed cannot be unticked (M4). */
function withFixedActivities(activities: ConnectionSettings['activities']): ConnectionSettings['activities'] {
  return [...new Set(['subscribed', 'unsubscribed', ...activities] as const)];
}

async function findAudience(
  { registry }: SaveSettingsParts,
  { connection, store }: Pick<ConnectionInSetUp, 'connection' | 'store'>,
  provider: MailingProvider,
  { audience: choice }: ConnectionSettings,
): Promise<Audience | undefined> {
  const account = await provider.checkAccount();
  const others = (await registry.ofAccount(connection.provider, account.accountId)).filter(
    ({ id }) => id !== connection.id,
  );
  const former = account.audiences.find(({ id }) => id === connection.audienceId);
  const isSameChoice = JSON.stringify(choice) === JSON.stringify(connection.settings.audience);
  // Ours stays ours when it was renamed at the provider.
  if (former && isSameChoice) return former;
  const { audience } = chooseAudience(connection.provider, account, choice, others);
  const isActive = connection.state === 'active' || connection.stateBeforeAttention === 'active';
  // What was learned is about one audience, also after a reconnection (U7).
  const isStarted = isActive || (await store.tables.runs.anySucceeded());
  if (isStarted && audience?.id !== connection.audienceId) {
    throw new UserError({ code: 'settings.audience_fixed', status: 409, field: 'audience' });
  }
  const formers = audience ? await registry.formersOf(connection.provider, account.accountId, audience.id) : [];
  if (formers.some((former) => former.connection.tenantId === connection.tenantId)) {
    throw new UserError({ code: 'settings.audience_was_connected', status: 409, field: 'audience' });
  }
  return audience;
}

async function acceptForeignHooks(
  { place, takesOver }: SaveSettingsParts,
  provider: MailingProvider,
  audienceId: string,
): Promise<readonly string[]> {
  const urls = await provider.listWebhookUrls(audienceId);
  const foreign = urls.filter((url) => isForeignHook(url, place, provider.name));
  if (foreign.length > 0 && !takesOver) throw new UserError({ code: 'foreign_hook', status: 409, field: 'audience' });
  return foreign.map((url) => ownerOfHook(url, provider.name));
}

/** Creating is not repeated when the answer is lost: the audience is looked for by its name first. */
async function makeAudience(provider: MailingProvider): Promise<Audience> {
  try {
    return await provider.createAudience(AUDIENCE_NAME);
  } catch (error) {
    if (!(error instanceof ProviderError) || !error.mayHaveHappened) throw error;
    const { audiences } = await provider.checkAccount();
    const made = audiences.find(({ name }) => name === AUDIENCE_NAME);
    if (!made) throw error;
    return made;
  }
}

/** Before the first sync the user may still choose another audience; our hook does not stay at the one before. */
async function leaveFormerAudience(
  { place, hookSecret }: SaveSettingsParts,
  connection: Connection,
  provider: MailingProvider,
  audienceId: string,
): Promise<void> {
  if (connection.audienceId === null || connection.audienceId === audienceId) return;
  try {
    await provider.removeWebhook(connection.audienceId, hookAddress(place, provider, hookSecret).ownPrefix);
  } catch (error) {
    if (!(error instanceof ProviderError) || error.kind !== 'not_found') throw error;
  }
}
