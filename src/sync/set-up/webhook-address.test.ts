import { expect, test } from 'vitest';
import type { ProviderCapabilities } from '../../core/mailing-provider.ts';
import { Secret } from '../../core/secret.ts';
import { hookAddress, isForeignHook, isLocalAddress } from './webhook-address.ts';

const place = { publicUrl: 'https://connector.immo-test.de', installationId: 'a' };

test.each([
  [false, 'https://connector.immo-test.de/hooks/mailchimp/a/'],
  [true, 'https://connector.immo-test.de/hooks/mailchimp/a/geheim'],
])(
  'our hooks lie below the installation’s path; where accounts share hooks (%s) only our own is',
  (shares, ownPrefix) => {
    const provider = { name: 'mailchimp', capabilities: { sharesWebhooks: shares } as ProviderCapabilities } as const;
    expect(hookAddress(place, provider, new Secret('geheim'))).toEqual({
      url: 'https://connector.immo-test.de/hooks/mailchimp/a/geheim',
      ownPrefix,
    });
  },
);

test.each([
  ['https://connector.immo-test.de/hooks/mailchimp/a/secret', false],
  ['https://former.immo-test.de/hooks/mailchimp/a/secret', false],
  ['https://connector.immo-test.de/hooks/mailchimp/b/secret', true],
  ['https://other.immo-test.de/hooks/mailchimp/b/secret', true],
  ['https://newsletter.onoffice.de/hook', true],
  ['https://crm.immo-test.de/newsletter?from=onoffice', false],
  ['https://shop.immo-test.de/hook', false],
  ['nonsense', false],
])('%s belongs to somebody who writes as we do: %s (F9)', (url, isForeign) => {
  expect(isForeignHook(url, place, 'mailchimp')).toBe(isForeign);
});

test.each([
  ['http://127.0.0.1:8080', true],
  ['http://localhost:8080', true],
  ['http://0.0.0.0:8080', true],
  ['http://[::1]:8080', true],
  ['http://[fd00::1]', true],
  ['http://10.1.2.3', true],
  ['http://172.16.0.1', true],
  ['http://172.32.0.1', false],
  ['http://192.168.1.5:8080', true],
  ['http://169.254.1.1', true],
  ['http://server', true],
  ['http://server.local', true],
  ['https://connector.immo-test.de', false],
  ['https://10.immo-test.de', false],
  ['https://203.0.113.5', false],
  ['https://[2001:db8::1]', false],
])('%s can be reached from here only: %s', (url, isLocal) => {
  expect(isLocalAddress(url)).toBe(isLocal);
});
