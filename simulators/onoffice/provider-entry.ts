import type { ProviderEntry } from './marketplace.ts';

/** The Newsletter Connector's entry in the Marketplace, with the addresses that its documentation gives. */
export function providerEntry(origin: string, secret: string): ProviderEntry {
  return {
    name: 'Newsletter Connector',
    secret,
    activationUrl: `${origin}/onoffice/activate`,
    serviceUrl: `${origin}/onoffice/service`,
    webhookUrl: `${origin}/onoffice/webhook`,
    language: 'language',
  };
}
