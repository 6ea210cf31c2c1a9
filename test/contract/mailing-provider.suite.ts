import { describe, expect, test } from 'vitest';
import type { Fault, FaultPlan } from '../../simulators/shared/faults.ts';
import type { Waiting } from '../../src/adapters/http/retry.ts';
import type { ProviderErrorKind } from '../../src/core/errors.ts';
import type {
  FieldMapping,
  MailingProvider,
  NewMember,
  ProviderConsentWrites,
} from '../../src/core/mailing-provider.ts';
import { address } from './mailchimp-world.ts';

/** One provider's adapter before its simulator, as the suite sees it: nothing in here is one vendor's own. */
export type ProviderWorld = {
  reads: MailingProvider;
  writes: ProviderConsentWrites;
  /** an audience named `onoffice`, empty at the start */
  audienceId: string;
  mapping: FieldMapping;
  sent: readonly { method: string; body: unknown }[];
  waits: readonly Waiting[];
  faults: FaultPlan;
  /** puts somebody there by hand, with the first name `Bleibt` */
  put(email: string, status: PutStatus): void;
  /** the key is good no longer */
  revokeKey(): void;
  /** lets whatever the provider has queued come to its end */
  finish(): Promise<void>;
};

export type PutStatus = 'subscribed' | 'unsubscribed' | 'cleaned';

const ANNA = 'anna.muster@immo-test.de';
const NEW = 'anna.neu@immo-test.de';
const URL_OF_HOOK = 'https://connector.test/hook/1/geheim';
const PREFIX = 'https://connector.test/hook/1/';
const ANY_CONSENT = /"status|lacklist|istIds/;
const HTML = '<html><body>busy</body></html>';

const row = (email: string): NewMember => ({
  email: address(email),
  fields: { salutation: '', letterSalutation: '', firstName: 'Anna', lastName: 'Muster' },
  tags: [],
});

const FAULTS: readonly (readonly [string, Fault, ProviderErrorKind])[] = [
  ['429', { type: 'status', status: 429, body: '{"code":"busy","title":"TooManyRequests"}' }, 'rate_limited'],
  ['502 with HTML', { type: 'status', status: 502, body: HTML, contentType: 'text/html' }, 'unavailable'],
  ['a lost answer', { type: 'lose-answer' }, 'unavailable'],
  ['HTML with 200', { type: 'status', status: 200, body: HTML, contentType: 'text/html' }, 'unexpected_response'],
];

/** What every provider keeps of the port's promises; what only one does stands in its own tests. */
export function describeMailingProvider(name: string, openWorld: () => ProviderWorld): void {
  describe(name, () => {
    const read = ({ reads, audienceId, mapping }: ProviderWorld, email = ANNA) =>
      reads.readMember(audienceId, address(email), mapping);
    const add = ({ writes, audienceId, mapping }: ProviderWorld, emails: readonly string[]) =>
      writes.addMembers(audienceId, emails.map(row), mapping);

    test('the key check tells audiences and room, and changes nothing', async () => {
      const { reads, audienceId, sent } = openWorld();
      expect(reads.name).toBe(name);
      const { accountId, audiences, mayCreateAudience } = await reads.checkAccount();
      expect(accountId).not.toBe('');
      expect(mayCreateAudience).toBe(true);
      expect(audiences).toContainEqual({ id: audienceId, name: 'onoffice', memberCount: 0 });
      expect(sent.every(({ method }) => method === 'GET')).toBe(true);
    });

    test('an audience that was created is found from then on', async () => {
      const { reads } = openWorld();
      const created = await reads.createAudience('newsletter');
      expect(created).toMatchObject({ name: 'newsletter', memberCount: 0 });
      expect((await reads.checkAccount()).audiences).toContainEqual(created);
    });

    test('fields are recognised, and missing ones made once however often they are asked for', async () => {
      const { reads, audienceId, mapping, sent } = openWorld();
      const recognised = await reads.recogniseFields(audienceId);
      expect(recognised).toMatchObject({ mapping, missing: ['salutation', 'letterSalutation'] });
      expect(await reads.recogniseFields(audienceId)).toEqual(recognised);
      const whole = await reads.createFields(audienceId, recognised.missing);
      const writes = sent.filter(({ method }) => method !== 'GET').length;
      expect(await reads.createFields(audienceId, recognised.missing)).toEqual(whole);
      expect(sent.filter(({ method }) => method !== 'GET')).toHaveLength(writes);
      expect(await reads.recogniseFields(audienceId)).toMatchObject({ mapping: whole, missing: [] });
    });

    test('a webhook that is ensured twice is one, and goes as if it had never been', async () => {
      const { reads, audienceId } = openWorld();
      const ensure = () => reads.ensureWebhook(audienceId, URL_OF_HOOK, PREFIX);
      const made = await ensure();
      expect(made).toMatchObject({ state: 'created', signingSecret: expect.stringMatching(/^[0-9a-f]{64}$/) });
      expect(await ensure()).toEqual({ state: 'ok', id: 'id' in made ? made.id : '' });
      expect(await reads.listWebhookUrls(audienceId)).toEqual([URL_OF_HOOK]);
      for (let time = 0; time < 2; time += 1) await reads.removeWebhook(audienceId, PREFIX);
      expect(await reads.listWebhookUrls(audienceId)).toEqual([]);
    });

    test('F3: a webhook that is looked at is missing, well, or under another address, and looking changes nothing', async () => {
      const { reads, audienceId, sent } = openWorld();
      const inspect = () => reads.inspectWebhook(audienceId, URL_OF_HOOK, PREFIX);
      expect(await inspect()).toEqual({ findings: [{ kind: 'missing' }], otherUrls: [] });
      const foreign = 'https://other.test/somebody/else';
      await reads.ensureWebhook(audienceId, foreign, foreign);
      await reads.ensureWebhook(audienceId, URL_OF_HOOK, PREFIX);
      expect(await inspect()).toEqual({ findings: [], otherUrls: [foreign] });
      const former = 'https://former.test/hook/1/geheim';
      expect(await reads.inspectWebhook(audienceId, former, 'https://former.test/hook/1/')).toEqual({
        findings: [{ kind: 'wrong-url', host: 'connector.test' }],
        otherUrls: [foreign],
      });
      const calls = sent.length;
      await inspect();
      expect(sent.slice(calls).map(({ method }) => method)).toEqual(['GET']);
      expect(await reads.ensureWebhook(audienceId, former, 'https://former.test/hook/1/')).toMatchObject({
        state: 'repaired',
      });
      expect((await reads.listWebhookUrls(audienceId)).toSorted()).toEqual([former, foreign]);
    });

    test.each([1, 50])('%i new members come in; those who are there stay as they are', async (count) => {
      const world = openWorld();
      const there: PutStatus[] = ['subscribed', 'unsubscribed', 'cleaned'];
      for (const status of there) world.put(`${status}@immo-test.de`, status);
      const before = await Promise.all(there.map((status) => read(world, `${status}@immo-test.de`)));
      const fresh = Array.from({ length: count }, (_, number) => `neu${number}@immo-test.de`);
      const results = await add(world, [...there.map((status) => `${status}@immo-test.de`), ...fresh]);
      await world.finish();
      expect(results).toHaveLength(there.length + count);
      for (const { outcome } of results.slice(0, there.length)) expect(['already-member', 'queued']).toContain(outcome);
      for (const result of results.slice(there.length)) {
        expect(['done', 'queued']).toContain(result.outcome);
        if (result.outcome === 'queued')
          expect(await world.reads.readProcess?.(result.processId)).toEqual({ state: 'ended', invalid: [] });
      }
      const after = await Promise.all(there.map((status) => read(world, `${status}@immo-test.de`)));
      // A provider's own queue may take the fields of somebody who came in between, but never changes his status.
      const isQueued = results.some(({ outcome }) => outcome === 'queued');
      const state = (member: (typeof after)[number]) => [member?.status, isQueued ? {} : member?.fields];
      expect(after.map(state)).toEqual(before.map(state));
      const page = await world.reads.readMembers({
        audienceId: world.audienceId,
        scope: 'present',
        offset: 0,
        mapping: world.mapping,
      });
      const subscribed = page.members.filter(({ status }) => status === 'subscribed').map(({ email }) => email);
      expect(subscribed.sort()).toEqual(['subscribed@immo-test.de', ...fresh].sort());
    });

    test.each(['subscribed', 'unsubscribed', 'cleaned'] as const)(
      'who is %s is read so, alone and with all, and stays so when his fields are written',
      async (status) => {
        const world = openWorld();
        world.put(ANNA, status);
        const { reads, audienceId, mapping, sent } = world;
        const asRead = { email: ANNA, status, fields: { firstName: 'Bleibt' } };
        expect(await read(world)).toMatchObject(asRead);
        const page = await reads.readMembers({ audienceId, scope: 'present', offset: 0, mapping });
        expect(page).toMatchObject({ total: 1, members: [asRead] });
        const from = sent.length;
        expect(await reads.updateMember(audienceId, address(ANNA), { firstName: 'Neu' }, mapping)).toMatchObject({
          outcome: 'done',
        });
        const written = sent.slice(from).filter(({ method }) => method !== 'GET');
        expect(written).not.toEqual([]);
        for (const { body } of written) expect(JSON.stringify(body)).not.toMatch(ANY_CONSENT);
        expect(await read(world)).toMatchObject({ status, fields: { firstName: 'Neu' } });
      },
    );

    test('a member is added, lowered once for all, and no add lifts him', async () => {
      const world = openWorld();
      const { writes, audienceId, mapping } = world;
      expect(await add(world, [ANNA])).toMatchObject([{ outcome: 'done', member: { status: 'subscribed' } }]);
      for (let time = 0; time < 2; time += 1) {
        expect(await writes.unsubscribeMember(audienceId, address(ANNA), mapping)).toMatchObject({ outcome: 'done' });
        expect(await read(world)).toMatchObject({ status: 'unsubscribed' });
        expect(await add(world, [ANNA])).toEqual([{ outcome: 'already-member' }]);
        expect(await read(world)).toMatchObject({ status: 'unsubscribed' });
      }
    });

    test('who is removed is subscribed no longer, and removing him again harms nobody', async () => {
      const world = openWorld();
      world.put(ANNA, 'subscribed');
      for (let time = 0; time < 2; time += 1) {
        expect((await world.writes.removeMember(world.audienceId, address(ANNA))).outcome).not.toBe('refused');
        expect((await read(world))?.status).not.toBe('subscribed');
      }
    });

    const move = ({ writes, audienceId, mapping }: ProviderWorld, from: string, to: string) =>
      writes.moveMember(audienceId, address(from), address(to), mapping);

    test('R7: a subscribed member is moved as he is: one record, found by the id that stays', async () => {
      const world = openWorld();
      world.put(ANNA, 'subscribed');
      const before = await read(world);
      expect(await move(world, ANNA, NEW)).toMatchObject({
        outcome: 'done',
        member: { email: NEW, status: 'subscribed', fields: { firstName: 'Bleibt' }, stableId: before?.stableId },
      });
      expect(await read(world)).toBeUndefined();
      expect(await read(world, NEW)).toMatchObject({ email: NEW, status: 'subscribed' });
      const { reads, audienceId } = world;
      expect(await reads.addressOf(audienceId, before?.stableId ?? '')).toBe(NEW);
      expect(await reads.addressOf(audienceId, '424242')).toBeUndefined();
    });

    test.each(['unsubscribed', 'cleaned'] as const)('R7: who is %s is not moved, and stays so', async (status) => {
      const world = openWorld();
      world.put(ANNA, status);
      expect(await move(world, ANNA, NEW)).toEqual({ outcome: 'gone' });
      expect(await read(world)).toMatchObject({ status });
      expect(await read(world, NEW)).toBeUndefined();
    });

    test.each(['subscribed', 'unsubscribed'] as const)('R7: nobody is moved onto somebody %s', async (status) => {
      const world = openWorld();
      world.put(ANNA, 'subscribed');
      world.put(NEW, status);
      expect(await move(world, ANNA, NEW)).toEqual({ outcome: 'already-member' });
      expect(await read(world)).toMatchObject({ status: 'subscribed' });
      expect(await read(world, NEW)).toMatchObject({ status });
    });

    test('R7: moving somebody who is not there moves nobody', async () => {
      const world = openWorld();
      expect(await move(world, ANNA, NEW)).toEqual({ outcome: 'gone' });
      expect(await read(world, NEW)).toBeUndefined();
    });

    test('F5: a move whose answer is lost is told as such and made once', async () => {
      const world = openWorld();
      world.put(ANNA, 'subscribed');
      world.faults.plan({ fault: { type: 'lose-answer' }, times: 1, match: /PATCH|PUT/ });
      await expect(move(world, ANNA, NEW)).rejects.toMatchObject({ kind: 'unavailable', mayHaveHappened: true });
      expect(await read(world, NEW)).toMatchObject({ status: 'subscribed' });
      expect(await read(world)).toBeUndefined();
    });

    test.each([undefined, 'subscribed', 'unsubscribed'] as const)(
      'R7: an opt-out is handed to an address where somebody is %s; twice is once',
      async (status) => {
        const world = openWorld();
        if (status) world.put(ANNA, status);
        const { writes, audienceId, mapping } = world;
        for (let time = 0; time < 2; time += 1) {
          expect(await writes.addUnsubscribed(audienceId, address(ANNA), mapping)).toMatchObject({
            outcome: 'done',
            member: { email: ANNA, status: 'unsubscribed' },
          });
        }
        expect(await read(world)).toMatchObject({ status: 'unsubscribed' });
      },
    );

    test('an unknown address is nobody, and nothing of him can be changed', async () => {
      const world = openWorld();
      expect(await read(world)).toBeUndefined();
      const { reads, audienceId, mapping } = world;
      expect(await reads.updateMember(audienceId, address(ANNA), { firstName: 'Neu' }, mapping)).toEqual({
        outcome: 'gone',
      });
      expect(await read(world)).toBeUndefined();
    });

    test('a key that is good no longer is told as such by reads and writes', async () => {
      const world = openWorld();
      world.put(ANNA, 'subscribed');
      world.revokeKey();
      const { reads, writes, audienceId, mapping } = world;
      const calls = [
        () => reads.checkAccount(),
        () => reads.readMembers({ audienceId, scope: 'present', offset: 0, mapping }),
        () => read(world),
        () => reads.updateMember(audienceId, address(ANNA), { firstName: 'Neu' }, mapping),
        () => add(world, ['neu@immo-test.de']),
        () => writes.unsubscribeMember(audienceId, address(ANNA), mapping),
        () => move(world, ANNA, NEW),
        () => writes.addUnsubscribed(audienceId, address(NEW), mapping),
        () => reads.addressOf(audienceId, '1'),
        () => reads.ensureWebhook(audienceId, URL_OF_HOOK, PREFIX),
      ];
      for (const call of calls) await expect(call()).rejects.toMatchObject({ system: name, kind: 'auth' });
      expect(world.waits).toEqual([]);
    });

    test.each(FAULTS)('a read outlives %s, and tells it when it stays', async (_name, fault, kind) => {
      const world = openWorld();
      world.put(ANNA, 'subscribed');
      world.faults.plan({ fault, times: 1 });
      expect(await read(world)).toMatchObject({ email: ANNA });
      expect(world.waits).toHaveLength(1);
      world.faults.plan({ fault, times: 100 });
      await expect(read(world)).rejects.toMatchObject({ system: name, kind });
    });

    test.each(FAULTS)(
      'an add meets %s: it is done or thrown, and nobody is added twice',
      async (_name, fault, kind) => {
        const world = openWorld();
        world.faults.plan({ fault, times: 1, match: /POST/ });
        const told = await add(world, [ANNA]).then(
          ([result]) => result?.outcome,
          (error: { kind: ProviderErrorKind }) => error.kind,
        );
        expect(['done', kind]).toContain(told);
        const [again] = await add(world, [ANNA]);
        expect(['done', 'already-member']).toContain(again?.outcome);
        const { reads, audienceId, mapping } = world;
        const page = await reads.readMembers({ audienceId, scope: 'present', offset: 0, mapping });
        expect(page).toMatchObject({ total: 1, members: [{ email: ANNA, status: 'subscribed' }] });
      },
    );
  });
}
