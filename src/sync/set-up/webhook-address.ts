import type { ProviderName } from '../../core/mailing-provider.ts';

/** Where a provider finds us. */
export type WebhookPlace = { publicUrl: string; installationId: string };

/** The part of a webhook's URL that every hook of this installation has (F9). */
export function ownHookPrefix({ publicUrl, installationId }: WebhookPlace, provider: ProviderName): string {
  return `${publicUrl}/hooks/${provider}/${installationId}/`;
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
