import { type BrevoSimulatorOptions, createBrevoSimulator } from '../../simulators/brevo/index.ts';
import { hardBounce } from '../../simulators/brevo/leaving.ts';
import { type BrevoProviderOptions, createBrevoProvider } from '../../src/adapters/brevo/brevo-provider.ts';
import type { RequestSeen } from '../../src/adapters/http/request-count.ts';
import type { Waiting } from '../../src/adapters/http/retry.ts';
import { type EmailAddress, parseEmailAddress } from '../../src/core/email-address.ts';
import type { NewMember, RaisedMember } from '../../src/core/mailing-provider.ts';

/** A request as it left the adapter. */
export type Sent = { method: string; path: string; query: URLSearchParams; body: unknown };

export const MAPPING = { firstName: 'VORNAME', lastName: 'NACHNAME' };
export const START = Date.parse('2026-03-02T08:00:00Z');

export function address(text: string): EmailAddress {
  const email = parseEmailAddress(text);
  if (email === undefined) throw new Error(`${text} is no address`);
  return email;
}

export function newMember(email: string, more: Partial<Omit<NewMember, 'email'>> = {}): NewMember {
  return {
    email: address(email),
    fields: { salutation: '', letterSalutation: '', firstName: 'Anna', lastName: 'Muster' },
    tags: [],
    ...more,
  };
}

/** A member to be raised on the Yes of the CRM alone (R1 b), unless told otherwise. */
export function raisedMember(email: string, more: Partial<Omit<RaisedMember, 'email'>> = {}): RaisedMember {
  return { ...newMember(email), mayLiftOwnBlock: false, isBlockOurs: false, ...more };
}

/** So many new members, each with its own address. */
export function newMembers(count: number): NewMember[] {
  return Array.from({ length: count }, (_, number) => newMember(`neu${number}@immo-test.de`));
}

/** The adapter before a simulator called in process: virtual time, sleeps that only move the clock, requests recorded. */
export function brevoWorld(
  simulator: Partial<BrevoSimulatorOptions> = {},
  options: Partial<BrevoProviderOptions> = {},
) {
  let now = START;
  const clock = { now: () => now };
  const sent: Sent[] = [];
  const seen: RequestSeen[] = [];
  const waits: Waiting[] = [];
  const brevo = createBrevoSimulator({
    clock,
    fetch: async () => new Response(null, { status: 200 }),
    ...simulator,
  });
  const { reads, consentWrites } = createBrevoProvider({
    apiKey: brevo.apiKey,
    baseUrl: 'http://127.0.0.1/v3',
    fetch: async (url, init) => {
      const { pathname, searchParams } = new URL(url);
      sent.push({
        method: init.method,
        path: pathname.replace(/^\/v3/, ''),
        query: searchParams,
        body: init.body === undefined ? undefined : JSON.parse(init.body),
      });
      return brevo.fetch(new Request(url, init));
    },
    clock,
    sleep: async (ms) => {
      now += ms;
      await brevo.pump();
    },
    random: () => 0.5,
    language: 'de',
    onRequest: (one) => seen.push(one),
    onWaiting: (one) => waits.push(one),
    ...options,
  });
  const list = brevo.admin.createList('onoffice');
  return {
    brevo,
    list,
    audienceId: String(list.id),
    reads,
    writes: consentWrites,
    sent,
    seen,
    waits,
    /** what Brevo holds for an address */
    at: (email: string) => brevo.account.contacts.byEmail(email),
    /** a mail to the address comes back for good */
    bounce: (email: string) => {
      const contact = brevo.account.contacts.byEmail(email);
      if (!contact) throw new Error(`no contact ${email}`);
      hardBounce(brevo.world, brevo.account, contact, undefined);
    },
    /** lets time pass, and Brevo work off its queue */
    pass: async (ms: number) => {
      now += ms;
      await brevo.pump();
    },
  };
}
