import type { Route } from '../call.ts';

/** The key check and the account. No language is told (fact sheet 1.1). */
export const accountRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/account',
    serve: ({ account, world }) => ({
      organization_id: account.id,
      user_id: 1,
      enterprise: false,
      email: account.email,
      companyName: account.companyName,
      firstName: account.firstName,
      lastName: account.lastName,
      address: { street: 'Hauptstr. 1', city: 'Aachen', zipCode: '52062', country: 'Germany' },
      plan: [{ type: 'free', creditsType: 'sendLimit', credits: 300 }],
      planVerticals: [{ planCategory: 'Marketing', planType: 'free', name: 'Free', status: 'active' }],
      relay: { enabled: true, data: { port: 587, relay: 'smtp-relay.brevo.com', userName: account.email } },
      marketingAutomation: { enabled: false },
      ...(world.switches.accountShowsTimezone
        ? { dateTimePreferences: { timezone: account.timezone, timeFormat: '24', dateFormat: 'dd-mm-yyyy' } }
        : {}),
    }),
  },
];
