import type { MailingProvider, ProviderName } from '../../core/mailing-provider.ts';
import { withoutMark } from '../../core/own-hook.ts';
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
 *
 * @param mark tells by which state of our data the hook was last written: a database that never wrote it went back in time,
 *   or has a twin (F9)
 */
export function hookAddress(
  { publicUrl, installationId }: WebhookPlace,
  { name, capabilities }: Pick<MailingProvider, 'name' | 'capabilities'>,
  hookSecret: Secret,
  mark?: string,
): HookAddress {
  const prefix = `${publicUrl}/hooks/${name}/${installationId}/`;
  const path = `${prefix}${hookSecret.reveal()}`;
  const url = mark === undefined ? path : withMark(path, mark);
  return { url, ownPrefix: capabilities.sharesWebhooks ? path : prefix };
}

/** The address of a hook with this mark instead of the one it had (F9). */
export function withMark(url: string, mark: string): string {
  return `${withoutMark(url)}?mark=${mark}`;
}

/** The mark that a connection's hook carries; undefined where it is another's, or carries none. */
export function markOfHook(url: string, provider: ProviderName, hookSecret: Secret): string | undefined {
  return hasSecret(url, provider, hookSecret) ? (new URL(url).searchParams.get('mark') ?? undefined) : undefined;
}

/** Whether a connection made a hook, be it under another host or with another installation's id. */
export function hasSecret(url: string, provider: ProviderName, hookSecret: Secret): boolean {
  if (!URL.canParse(url)) return false;
  const [, secret] = new RegExp(`/hooks/${provider}/[^/]+/([^/]+)$`).exec(new URL(url).pathname) ?? [];
  return secret === hookSecret.reveal();
}

/** Who is behind a hook, without its secret: the host, and of a hook of the connector the installation. */
export function ownerOfHook(url: string, provider: ProviderName): string {
  const { host, pathname } = new URL(url);
  return `${host}${new RegExp(`/hooks/${provider}/[^/]+`).exec(pathname)?.[0] ?? ''}`;
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
