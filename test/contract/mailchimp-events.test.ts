import { describe, expect, test } from 'vitest';
import type { MailchimpSwitches } from '../../simulators/mailchimp/switches.ts';
import type { ProviderEvent } from '../../src/core/provider-event.ts';
import { address, mailchimpWorld, START } from './mailchimp-world.ts';

const ANNA = 'anna.muster@immo-test.de';
const NEW = 'anna.neu@immo-test.de';
const RECEIVED_AT = '2026-03-02T09:00:00.000Z';

/** Mailchimp with our webhook, and Anna in the audience; `take` reads with our parser what it sent since. */
async function withHook(switches: Partial<MailchimpSwitches> = {}) {
  const bodies: string[] = [];
  const world = mailchimpWorld({
    switches,
    fetch: async (request) => {
      if (request.method === 'POST') bodies.push(await request.text());
      return new Response(null, { status: 200 });
    },
  });
  const { mailchimp, reads, listId } = world;
  await reads.ensureWebhook(listId, 'https://connector.test/hook/1/geheim', 'https://connector.test/hook/1/');
  mailchimp.admin.addMember(listId, { email: ANNA, mergeFields: { FNAME: 'Anna' } });
  const parse = (body: string) =>
    reads.parseEvents(listId, {
      contentType: 'application/x-www-form-urlencoded',
      body,
      receivedAt: RECEIVED_AT,
    });
  const take = async (): Promise<readonly ProviderEvent[]> => {
    await mailchimp.pump();
    return bodies.splice(0).flatMap((body) => {
      const events = parse(body);
      expect(events, body).toHaveLength(1);
      return events ?? [];
    });
  };
  await take();
  const { ids } = (await reads.readMember(listId, address(ANNA), {}))!;
  return { ...world, take, ids };
}

const FORMS: Partial<MailchimpSwitches>[] = [
  {},
  { unsubscribeAction: 'missing' },
  { archiveEvent: 'without-action' },
  { unsubscribeAction: 'missing', archiveEvent: 'without-action' },
  { duplicateEvents: true },
];

describe.each(FORMS)('Mailchimp with %j', (switches) => {
  const isDoubled = switches.duplicateEvents === true;
  /** what was told, once for each happening */
  const once = (events: readonly ProviderEvent[]) => {
    const byKey = new Map(events.map((event) => [event.key, event]));
    expect(events).toHaveLength(byKey.size * (isDoubled ? 2 : 1));
    return [...byKey.values()];
  };

  test('who leaves by the link of a mail has left, and by whom is known', async () => {
    const { mailchimp, listId, take, ids } = await withHook(switches);
    const { id } = mailchimp.campaign.send(listId, { subject: 'März', title: 'März', rates: NOBODY_DOES_ANYTHING });
    await take();
    mailchimp.person.unsubscribe(listId, ANNA, { campaignId: id });
    expect(once(await take())).toMatchObject([
      {
        kind: 'unsubscribed',
        by: 'person',
        email: ANNA,
        isOurAudience: true,
        happenedAt: new Date(START).toISOString(),
        campaign: { id },
        ids: { unique_email_id: ids.unique_email_id, web_id: ids.web_id },
      },
    ]);
  });

  test('who is taken off by hand has left, or must be looked at where the event does not say', async () => {
    const { mailchimp, listId, take } = await withHook(switches);
    mailchimp.admin.unsubscribe(listId, ANNA);
    const kind = switches.unsubscribeAction === 'missing' ? 'removed' : 'unsubscribed';
    expect(once(await take())).toMatchObject([{ kind, by: 'someone', email: ANNA }]);
  });

  test('M20: who is archived is removed and has not left', async () => {
    const { mailchimp, listId, take } = await withHook(switches);
    mailchimp.admin.archive(listId, ANNA);
    expect(once(await take())).toMatchObject([{ kind: 'removed', by: 'someone', email: ANNA }]);
  });

  test('who is deleted for good is removed, found by his ids', async () => {
    const { mailchimp, listId, take, ids } = await withHook(switches);
    mailchimp.admin.deletePermanently(listId, ANNA);
    const found = { unique_email_id: ids.unique_email_id, web_id: ids.web_id };
    expect(once(await take())).toMatchObject([{ kind: 'removed', email: undefined, ids: found }]);
  });

  test('a sign-up and an edited profile are told as what they are', async () => {
    const { mailchimp, listId, take } = await withHook(switches);
    mailchimp.person.subscribe(listId, { email: NEW });
    expect(once(await take())).toMatchObject([{ kind: 'subscribed', by: 'someone', email: NEW, isOurAudience: true }]);
    mailchimp.person.editProfile(listId, ANNA, { FNAME: 'Anne' });
    expect(once(await take())).toMatchObject([{ kind: 'edited', by: 'someone', email: ANNA }]);
  });

  test('a hard bounce is one, and a campaign is nobody', async () => {
    const { mailchimp, listId, take } = await withHook(switches);
    const { id } = mailchimp.campaign.send(listId, { subject: 'März', title: 'März', rates: NOBODY_DOES_ANYTHING });
    mailchimp.campaign.bounce(id, ANNA, 'hard');
    expect(once(await take())).toMatchObject([{ kind: 'bounced', email: ANNA, campaign: { id } }]);
    mailchimp.campaign.cancel(id);
    expect(once(await take())).toMatchObject([
      { kind: 'ignored', email: undefined, campaign: { id, name: 'März' }, isOurAudience: true },
    ]);
  });
});

const NOBODY_DOES_ANYTHING = {
  hardBounce: 0,
  softBounce: 0,
  open: 0,
  click: 0,
  unsubscribe: 0,
  complain: 0,
};

test.each(['unsubscribe', 'cleaned', 'both'] as const)(
  'a complaint told as %s is one by the person',
  async (complaint) => {
    for (const unsubscribeAction of ['sent', 'missing'] as const) {
      const { mailchimp, listId, take } = await withHook({ complaint, unsubscribeAction });
      mailchimp.person.complain(listId, ANNA);
      const told = await take();
      expect(told).toHaveLength(complaint === 'both' ? 2 : 1);
      for (const event of told) expect(event).toMatchObject({ kind: 'complained', by: 'person', email: ANNA });
    }
  },
);

test.each([
  ['upemail-first', ['address-changed', 'edited']],
  ['profile-first', ['edited', 'address-changed']],
  ['upemail-only', ['address-changed']],
] as const)(
  'R7: a changed address told as %s names both addresses and the id from now on',
  async (changedAddressEvents, kinds) => {
    const { mailchimp, listId, take, at } = await withHook({ changedAddressEvents });
    mailchimp.person.changeAddress(listId, ANNA, NEW);
    const told = await take();
    expect(told.map(({ kind }) => kind)).toEqual(kinds);
    expect(told.find(({ kind }) => kind === 'address-changed')).toMatchObject({
      email: ANNA,
      newEmail: NEW,
      ids: { unique_email_id: at(NEW)?.uniqueEmailId },
    });
  },
);

test('an event of another audience is not about ours', async () => {
  const { reads, listId } = await withHook();
  const body = new URLSearchParams({ type: 'unsubscribe', 'data[list_id]': 'other', 'data[email]': ANNA }).toString();
  expect(reads.parseEvents(listId, { contentType: '', body, receivedAt: RECEIVED_AT })).toMatchObject([
    { kind: 'ignored', isOurAudience: false },
  ]);
});
