/**
 * French texts as they are set: the spaces before : ; ! ? % and inside « » do not break, so that no line begins with
 * a lone mark. In the dictionaries they are ordinary spaces, which everybody can type and see.
 */
export function withFrenchSpaces<T>(texts: T): T {
  return JSON.parse(JSON.stringify(texts), (_key, value: unknown) =>
    typeof value === 'string' ? withoutLoneMarks(value) : value,
  );
}

function withoutLoneMarks(text: string): string {
  return text.replaceAll(/ (?=[;!?])/g, '\u202f').replaceAll(/ (?=[:»%])|(?<=«|n°) /g, '\u00a0');
}
