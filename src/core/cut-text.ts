const encoder = new TextEncoder();

/** Cuts a text to at most `maxBytes` bytes of UTF-8 without splitting a character. */
export function cutText(text: string, maxBytes: number): string {
  // No character of UTF-16 takes more than three bytes in UTF-8.
  if (text.length * 3 <= maxBytes) return text;
  const { read } = encoder.encodeInto(text, new Uint8Array(maxBytes));
  return read === text.length ? text : text.slice(0, read);
}
