import { sql } from 'kysely';
import { consentRecords } from '../../src/db/consent-records.ts';
import { createSecretBox } from '../../src/db/secret-box.ts';
import { consentHash } from '../../src/jobs/lane-worker.ts';
import { MASTER_KEY } from '../lab-world.ts';
import type { Stage } from '../stage.ts';
import { activeMembers, readersInCrm, readShown } from './read-standing.ts';

const SECRETS = /@immo-test|xkeysib-|0123456789abcdef0123456789abcdef|hook-(mailchimp|brevo)/;

/** What holds when everything is quiet, besides consent. @returns what is wrong, in sentences */
export async function checkOrder(stage: Stage): Promise<string[]> {
  return [
    ...bugs(stage),
    ...(await checkChain(stage)),
    ...(await checkSilence(stage)),
    ...(await checkBridge(stage)),
    ...(await checkNothingWaits(stage)),
    ...checkOneMember(stage),
    ...checkCreatedOnce(stage),
  ];
}

function bugs({ world }: Stage): string[] {
  return world.bugs.map((bug) => `bug: ${bug instanceof Error ? (bug.stack ?? bug.message) : String(bug)}`);
}

/** R14: the consent record is whole. */
async function checkChain({ world }: Stage): Promise<string[]> {
  const [connection] = world.connections;
  if (!connection) return [];
  const hash = consentHash(createSecretBox(MASTER_KEY), connection.tenantId);
  const check = await consentRecords(world.database.db, connection.tenantId, hash).verify();
  return check.brokenAt === undefined ? [] : [`R14: the chain is ${check.how} at ${check.brokenAt}`];
}

/** No address and no secret in what is logged: journal, notices of runs, errors. */
async function checkSilence({ world }: Stage): Promise<string[]> {
  const { rows } = await sql<{ line: string }>`
    select code || ' ' || params::text as line from journal
    union all select coalesce(waiting_for::text, '') || coalesce(error::text, '') from sync_runs
    union all select coalesce(notice::text, '') from health`.execute(world.database.db);
  const lines = [...rows.map(({ line }) => line), ...world.logged];
  return lines.filter((line) => SECRETS.test(line)).map((line) => `log: ${line}`);
}

/** Section 7: the newest bridge adds up. */
async function checkBridge({ world }: Stage): Promise<string[]> {
  const problems: string[] = [];
  for (const { provider, store } of world.connections) {
    const stored = await store.tables.bridges.newest();
    if (stored && !stored.addsUp) problems.push(`bridge of ${provider}: ${JSON.stringify(stored.bridge)}`);
  }
  return problems;
}

/** Section 7: nobody waits for us, or is on his way, when there was time for everything. */
async function checkNothingWaits(stage: Stage): Promise<string[]> {
  const problems: string[] = [];
  for (const connection of stage.world.connections) {
    const { contacts, members, held } = await readShown(stage, connection);
    const at = connection.provider;
    for (const [id, reason] of contacts) if (reason === 'waiting') problems.push(`waits: contact ${id} at ${at}`);
    for (const [email, reason] of members)
      if ((reason === 'leaving' || reason === 'arriving') && !held.has(email))
        problems.push(`waits: ${email} at ${at} is ${reason}`);
  }
  return problems;
}

/** R7: whoever got another address is a member under that one alone, as far as it was we who put him there. */
function checkOneMember(stage: Stage): string[] {
  const { store } = stage.world.crm;
  return stage.world.connections.flatMap(({ provider }) => {
    const active = new Map(activeMembers(stage, provider).map((member) => [member.email, member]));
    return readersInCrm(stage).flatMap(({ id, email }) =>
      (stage.mains.get(id) ?? [])
        .map((main) => main.email)
        .filter((former) => former !== email && active.get(former)?.raisedBy === 'us')
        .filter((former) => active.has(email) && store.idsByEmail(former).length === 0)
        .map((former) => `R7: contact ${id} is a member at ${provider} as ${email} and still as ${former}`),
    );
  });
}

/** R9, F5: nobody is made a contact of ours twice. */
function checkCreatedOnce({ world, mains }: Stage): string[] {
  const { store } = world.crm;
  const created = [...store.addresses.keys()].filter((id) => {
    const [begin] = store.newsletterHistory(id);
    return begin?.by === 'api' && begin.from === undefined;
  });
  const first = (id: number) => mains.get(id)?.[0]?.email ?? '';
  return created
    .filter((id) => created.some((other) => other < id && first(other) === first(id)))
    .map((id) => `R9: contact ${id} was made for ${first(id)}, who has one of ours already`);
}
