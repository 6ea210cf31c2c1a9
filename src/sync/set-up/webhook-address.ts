import type { MailingProvider, ProviderName } from '../../core/mailing-provider.ts';
import type { Secret } from '../../core/secret.ts';

/** Where a provider finds us. */
export type WebhookPlace = { publicUrl: string; installationId: string };

/** `isPractice`: the provider is a simulator on this computer, which reaches every address of it. */
export type HookPlace = WebhookPlace & { isPractice: boolean };

/** A connection's webhook as a provider is told it: its URL, and what the URLs of ours have in common (`isOwnHook`). */
export type HookAddress = { url: string; ownPrefix: string };

/**
 * The address of a connection's webhook. Where hooks belong to the account, only the one with this connection's secret is its
 * own: others of this installation may belong to other connections. Elsewhere all of this installation are, also one from an
 * earlier connection.
 */
export function hookAddress(
  { publicUrl, installationId }: WebhookPlace,
  { name, capabilities }: Pick<MailingProvider, 'name' | 'capabilities'>,
  hookSecret: Secret,
): HookAddress {
  const prefix = `${publicUrl}/hooks/${name}/${installationId}/`;
  const url = `${prefix}${hookSecret.reveal()}`;
  return { url, ownPrefix: capabilities.sharesWebhooks ? url : prefix };
}

/**
 * Whether a hook at the audience belongs to another installation of the connector, or to onOffice's own one (F9). One of
 * this installation under an address that it had before is its own.
 */
export function isForeignHook(url: string, place: WebhookPlace, provider: ProviderName): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname, pathname } = new URL(url);
  if (pathname.includes(`/hooks/${provider}/`))
    return !pathname.includes(`/hooks/${provider}/${place.installationId}/`);
  return hostname.includes('onoffice');
}

/** Whether an address can be reached only from this computer or its own network. */
export function isLocalAddress(publicUrl: string): boolean {
  const host = new URL(publicUrl).hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (host === 'localhost' || /\.(localhost|local|internal|lan|home\.arpa)$/.test(host) || !/[.:]/.test(host))
    return true;
  if (host.includes(':')) return host === '::1' || host === '::' || /^f[cd]|^fe[89ab]/.test(host);
  const [a = 0, b = 0] = host.split('.').map(Number);
  if (!/^\d+(\.\d+){3}$/.test(host)) return false;
  return (
    a === 0 ||
    a === 10 ||
    a === 127 ||
    (a === 172 && b >= 16 && b <= 31) ||
    (a === 192 && b === 168) ||
    (a === 169 && b === 254)
  );
}
