/** Letters as they are compared in a search: without case, accents and the difference of ß and ss. */
function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss');
}

/**
 * Makes the test of a search: every word of it stands somewhere in one of the texts.
 *
 * @returns a function that is always true for an empty search
 */
export function searchMatcher(search: string): (texts: readonly string[]) => boolean {
  const words = folded(search).split(/\s+/).filter(Boolean);
  return (texts) => {
    if (words.length === 0) return true;
    const haystack = texts.map(folded);
    return words.every((word) => haystack.some((text) => text.includes(word)));
  };
}
