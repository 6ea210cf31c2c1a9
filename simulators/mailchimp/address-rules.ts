import { invalidResource, type Problem } from './problem.ts';

const SYNTAX =
  /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/i;
const FAKE_DOMAIN = /(^|\.)(example\.(com|org|net|edu)|example|test|invalid|localhost)$/i;

// The list of the help page about role addresses (fact sheet 3.7).
const ROLES = new Set(
  (
    'abuse admin billing compliance devnull dns ftp hostmaster inoc ispfeedback ispsupport list-request list ' +
    'maildaemon noc no-reply noreply null phish phishing postmaster privacy registrar root security spam support ' +
    'sysadmin tech undisclosed-recipients unsubscribe usenet uucp webmaster www'
  ).split(' '),
);

/** Refuses what Mailchimp refuses about an address itself: syntax, fake domains, too many sign-ups. */
export function addressProblem(email: string, busyAddresses: ReadonlySet<string>): Problem | undefined {
  const [local = '', domain = ''] = email.split('@');
  if (!SYNTAX.test(email) || local.length > 64 || email.length > 254)
    return invalidResource('Please provide a valid email address.');
  if (FAKE_DOMAIN.test(domain))
    return invalidResource(`${email} looks fake or invalid, please enter a real email address.`);
  if (busyAddresses.has(email.toLowerCase()))
    return invalidResource(
      `${email} has signed up to a lot of lists very recently; we're not allowing more signups for now`,
    );
  return undefined;
}

/** Whether the address belongs to a role, such as `noreply@`: refused in imports. */
export function isRoleAddress(email: string): boolean {
  return ROLES.has(email.slice(0, email.indexOf('@')).toLowerCase());
}
