import { createMailchimpSimulator, type MailchimpSimulatorOptions } from '../../simulators/mailchimp/index.ts';
import type { RequestSeen } from '../../src/adapters/http/request-count.ts';
import type { Waiting } from '../../src/adapters/http/retry.ts';
import {
  createMailchimpProvider,
  type MailchimpProviderOptions,
} from '../../src/adapters/mailchimp/mailchimp-provider.ts';
import type { EmailAddress } from '../../src/core/email-address.ts';
import { parseEmailAddress } from '../../src/core/email-address.ts';
import type { NewMember, RaisedMember } from '../../src/core/mailing-provider.ts';
import type { ProviderTag } from '../../src/core/tag.ts';

/** A request as it left the adapter. */
export type Sent = { method: string; path: string; query: URLSearchParams; body: unknown };

export const MAPPING = { firstName: 'FNAME', lastName: 'LNAME' };
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
    tags: ['onoffice'],
    ...more,
  };
}

/** A member to be raised on the Yes of the CRM alone (R1 b), unless told otherwise. */
export function raisedMember(email: string, more: Partial<Omit<RaisedMember, 'email'>> = {}): RaisedMember {
  return { ...newMember(email), mayLiftOwnBlock: false, isBlockOurs: false, ...more };
}

/** The adapter before a simulator called in process: virtual time, sleeps that only move the clock, requests recorded. */
export function mailchimpWorld(
  simulator: Partial<MailchimpSimulatorOptions> = {},
  options: Partial<MailchimpProviderOptions> = {},
) {
  let now = START;
  const clock = { now: () => now };
  const sent: Sent[] = [];
  const seen: RequestSeen[] = [];
  const waits: Waiting[] = [];
  const reachable = new Set<string>();
  const mailchimp = createMailchimpSimulator({
    clock,
    defaultAudience: 'onoffice',
    fetch: async (request) => new Response(null, { status: reachable.has(request.url) ? 200 : 404 }),
    ...simulator,
  });
  const { reads, consentWrites } = createMailchimpProvider({
    apiKey: mailchimp.apiKey,
    baseUrl: 'http://127.0.0.1/3.0',
    fetch: async (url, init) => {
      const { pathname, searchParams } = new URL(url);
      sent.push({
        method: init.method,
        path: pathname.slice('/3.0'.length),
        query: searchParams,
        body: init.body === undefined ? undefined : JSON.parse(init.body),
      });
      return mailchimp.fetch(new Request(url, init));
    },
    clock,
    sleep: async (ms) => {
      now += ms;
    },
    random: () => 0.5,
    language: 'de',
    onRequest: (one) => seen.push(one),
    onWaiting: (one) => waits.push(one),
    ...options,
  });
  const audience = [...mailchimp.store.lists.values()][0];
  const listId = audience?.id ?? '';
  return {
    mailchimp,
    reads,
    writes: consentWrites,
    listId,
    sent,
    seen,
    waits,
    reachable,
    /** tags of the audience as the port tells them */
    tagged: (...names: readonly string[]): ProviderTag[] =>
      names.map((name) => {
        const tag = [...mailchimp.store.list(listId).tags.values()].find((one) => one.name === name);
        return { id: String(tag?.id), name };
      }),
    /** what Mailchimp holds for an address */
    at: (email: string) => mailchimp.store.list(listId).members.find(email),
    /** lets time pass */
    pass: (ms: number) => {
      now += ms;
    },
  };
}
