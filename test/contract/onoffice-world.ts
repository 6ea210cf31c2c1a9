import {
  createOnOfficeSimulator,
  DEFAULT_SECRET,
  DEFAULT_TOKEN,
  type OnOfficeSwitches,
} from '../../simulators/onoffice/index.ts';
import type { OnOfficeCrmOptions } from '../../src/adapters/onoffice/customer.ts';
import { createOnOfficeCrm } from '../../src/adapters/onoffice/onoffice-crm.ts';
import type { NewContact } from '../../src/core/crm.ts';
import { type EmailAddress, parseEmailAddress } from '../../src/core/email-address.ts';
import { ProviderError } from '../../src/core/errors.ts';

type Customer = NonNullable<Parameters<typeof createOnOfficeSimulator>[0]['customer']>;

/** A customer's onOffice and our port to it, on one clock that only waiting moves. */
export function world(
  options: {
    switches?: Partial<OnOfficeSwitches>;
    customer?: Customer;
    crm?: Partial<OnOfficeCrmOptions>;
    /** how far our clock is from onOffice's */
    skewMs?: number;
  } = {},
) {
  let now = Date.UTC(2026, 1, 1, 9);
  const wait = async (ms: number) => {
    now += ms;
  };
  const sim = createOnOfficeSimulator({
    clock: { now: () => now },
    wait,
    switches: options.switches ?? {},
    customer: options.customer ?? {},
  });
  const clock = { now: () => now + (options.skewMs ?? 0) };
  const crmOf = (more: Partial<OnOfficeCrmOptions> = {}) =>
    createOnOfficeCrm({
      token: DEFAULT_TOKEN,
      secret: DEFAULT_SECRET,
      fetch: (url, init) => sim.fetch(new Request(url, init)),
      clock,
      sleep: wait,
      random: () => 0.5,
      ...options.crm,
      ...more,
    });
  const { reads, consentWrites } = crmOf();
  return { sim, reads, consentWrites, crmOf, later: (ms: number) => wait(ms) };
}

/** An address that must be one. */
export function address(text: string): EmailAddress {
  const email = parseEmailAddress(text);
  if (!email) throw new Error(`no address: ${text}`);
  return email;
}

/** The error that the work must fail with. */
export async function failure(work: Promise<unknown>): Promise<ProviderError> {
  const error = await work.catch((thrown: unknown) => thrown);
  if (!(error instanceof ProviderError)) throw new Error('expected a ProviderError');
  return error;
}

/** Somebody whom the CRM does not know yet. */
export const stranger = (email: string, more: Partial<NewContact> = {}): NewContact => ({
  email: address(email),
  fields: { letterSalutation: '', salutation: 'Frau', firstName: 'Eva', lastName: 'Übler' },
  tagKeys: [],
  ...more,
});
