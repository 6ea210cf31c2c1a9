const LONGEST_WORDS = 300;

const PERSONAL: readonly (readonly [RegExp, string])[] = [
  [/<[^>]*>/g, ' '],
  // Quoted local parts and international addresses too: rather too much than too little.
  [/[^\s@<>"(),;:[\]]+@[^\s@<>"'(),;:[\]{}]+/gu, '[address]'],
  [/[^\s@<>"(),;:[\]&?=]+%40[^\s@<>"'(),;:[\]{}&]+/giu, '[address]'],
  [/\bxkeysib-[\w-]+/gi, '[key]'],
  // Keys, tokens, HMACs and the hashes under which a vendor knows an address.
  [/\b[0-9a-f]{24,}(?:-[a-z]+\d*)?\b/gi, '[key]'],
  [/\b(?=[A-Za-z0-9+/_=-]*\d)(?=[A-Za-z0-9+/_=-]*[A-Za-z])[A-Za-z0-9+/_=]{32,}/g, '[key]'],
];

/**
 * Takes keys, tokens and e-mail addresses out of a vendor's words, so that they may stand in errors, logs and on the page.
 * Also drops markup and cuts at 300 characters.
 *
 * @param secrets further texts to be taken out, e.g. the key that the call was made with
 */
export function redact(words: string, secrets: readonly string[] = []): string {
  let clean = words;
  for (const secret of secrets) if (secret !== '') clean = clean.replaceAll(secret, '[key]');
  for (const [pattern, instead] of PERSONAL) clean = clean.replace(pattern, instead);
  clean = clean.replace(/\s+/g, ' ').trim();
  return clean.length > LONGEST_WORDS ? `${clean.slice(0, LONGEST_WORDS - 1)}…` : clean;
}
