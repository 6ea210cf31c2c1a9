/** An e-mail address in the one form in which two addresses may be compared: NFC, trimmed, lower case. */
export type EmailAddress = string & { readonly brand: 'EmailAddress' };

const LOCAL_PART = /^[^\s@<>()[\]\\,;:"\p{Cc}\p{Cs}]{1,64}$/u;
const DOMAIN_LABEL = /^[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?$/u;

/**
 * Reads what an agent typed as an e-mail address. Deliberately stricter than RFC 5321 (no quoted local parts, no address
 * literals, a domain of two labels or more), because the providers are.
 *
 * @returns undefined when the text is not one address
 */
export function parseEmailAddress(text: string): EmailAddress | undefined {
  // Some letters have a code of their own only as small ones: normal form once more, or one address had two forms.
  const folded = text.normalize('NFC').trim().toLowerCase().normalize('NFC');
  if (folded.length > 254) return undefined;
  const at = folded.indexOf('@');
  if (at < 1 || at !== folded.lastIndexOf('@')) return undefined;
  const local = folded.slice(0, at);
  const labels = folded.slice(at + 1).split('.');
  if (!LOCAL_PART.test(local) || local.startsWith('.') || local.endsWith('.') || local.includes('..')) return undefined;
  if (labels.length < 2 || !labels.every((label) => DOMAIN_LABEL.test(label))) return undefined;
  // A top-level domain of digits would be an IP address.
  if (/^\d+$/.test(labels.at(-1) ?? '')) return undefined;
  return folded as EmailAddress;
}
