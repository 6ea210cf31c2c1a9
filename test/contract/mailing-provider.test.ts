import { MAPPING as BREVO_MAPPING, brevoWorld } from './brevo-world.ts';
import { MAPPING as MAILCHIMP_MAPPING, mailchimpWorld } from './mailchimp-world.ts';
import { describeMailingProvider } from './mailing-provider.suite.ts';

const DAY_MS = 86_400_000;

describeMailingProvider('mailchimp', () => {
  const world = mailchimpWorld({
    account: { maxInstances: -1 },
    fetch: async () => new Response(null, { status: 200 }),
  });
  const { mailchimp, listId } = world;
  return {
    ...world,
    audienceId: listId,
    mapping: MAILCHIMP_MAPPING,
    faults: mailchimp.faults,
    put: (email, status) => {
      const member = mailchimp.admin.addMember(listId, { email, mergeFields: { FNAME: 'Bleibt' } });
      if (status === 'unsubscribed') mailchimp.person.unsubscribe(listId, email);
      if (status === 'cleaned') member.status = 'cleaned';
    },
    revokeKey: () => mailchimp.account.apiKeys.set(mailchimp.apiKey, 'revoked'),
    finish: async () => world.pass(DAY_MS),
  };
});

describeMailingProvider('brevo', () => {
  const world = brevoWorld();
  const { brevo } = world;
  return {
    ...world,
    mapping: BREVO_MAPPING,
    faults: brevo.faults,
    put: (email, status) => {
      brevo.admin.addContact({ email, lists: ['onoffice'], attributes: { VORNAME: 'Bleibt' } });
      if (status === 'unsubscribed') brevo.person.unsubscribe(email);
      if (status === 'cleaned') world.bounce(email);
    },
    revokeKey: () => {
      for (const key of brevo.account.apiKeys.values()) key.state = 'deactivated';
    },
    finish: async () => {
      // Once to begin what waits, once to end it.
      for (let time = 0; time < 2; time += 1) await world.pass(DAY_MS / 24);
    },
  };
});
