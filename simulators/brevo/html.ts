/** Text that is HTML already. */
export type Html = { html: string };

/** Template tag: whatever is put in is escaped, unless it is `Html`; lists are joined. */
export function html(texts: TemplateStringsArray, ...values: (string | number | Html | readonly Html[])[]): Html {
  return { html: texts.map((text, index) => text + insert(values[index])).join('') };
}

function insert(value: string | number | Html | readonly Html[] | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));
  return 'html' in value ? value.html : value.map((part) => part.html).join('');
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
