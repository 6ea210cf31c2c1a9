/** Text that is already safe HTML. */
export type Html = { html: string };

type Part = Html | string | number | undefined | false | readonly Part[];

/** HTML with every inserted text escaped; inserted `Html` and lists of it stay as they are. */
export function html(texts: TemplateStringsArray, ...parts: Part[]): Html {
  return { html: texts.reduce((done, text, index) => done + rendered(parts[index - 1]) + text) };
}

function rendered(part: Part): string {
  if (part === undefined || part === false) return '';
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part));
  if ('html' in part) return part.html;
  return part.map(rendered).join('');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

const STYLE = `
:root { color-scheme: light dark; --line: light-dark(#d9dee5, #3a4250); --soft: light-dark(#f4f6f9, #1f242c); --accent: light-dark(#0b5cad, #7db8f0); }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; background: light-dark(#fff, #15191f); }
header { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: baseline; padding: .75rem 1.5rem; background: var(--soft); border-bottom: 1px solid var(--line); }
header strong { font-size: 1.05rem; } header a { color: var(--accent); text-decoration: none; } header a[aria-current] { font-weight: 600; text-decoration: underline; }
main { max-width: 76rem; margin: 0 auto; padding: 1.25rem 1.5rem 3rem; }
h1 { font-size: 1.35rem; margin: 0 0 1rem; } h2 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
table { width: 100%; border-collapse: collapse; } th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-weight: 600; font-size: .85rem; } td form.row { margin: 0; flex-wrap: nowrap; } .when { white-space: nowrap; }
form.row { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; margin: 0 0 1rem; }
form.grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: .75rem 1rem; }
form.grid > .wide { grid-column: 1 / -1; }
label { display: block; font-size: .85rem; } label.check { display: inline-flex; gap: .35rem; align-items: center; margin-right: 1rem; }
input:not([type=checkbox]), select { width: 100%; padding: .35rem .5rem; font: inherit; border: 1px solid var(--line); border-radius: 4px; background: transparent; color: inherit; }
form.row input, form.row select { width: auto; }
fieldset { border: 1px solid var(--line); border-radius: 4px; margin: 0; }
button { padding: .4rem .9rem; font: inherit; border: 1px solid var(--accent); border-radius: 4px; background: var(--accent); color: light-dark(#fff, #10151b); cursor: pointer; }
button.plain { background: transparent; color: var(--accent); } button.danger { border-color: #b3261e; background: transparent; color: light-dark(#b3261e, #f2b8b5); }
.note { padding: .5rem .75rem; background: var(--soft); border-left: 3px solid var(--accent); margin-bottom: 1rem; } .error { border-color: #b3261e; }
.muted { opacity: .7; } a { color: var(--accent); }
`;

/** What all pages of the console share. `message` and `error` come from the redirect after a form. */
export type PageFrame = { title: string; path: string; message?: string | undefined; error?: string | undefined };

const PAGES = [
  ['/_console', 'Contacts'],
  ['/_console/tags', 'Newsletter tags'],
  ['/_console/faults', 'Faults'],
  ['/_console/log', 'What happened'],
] as const;

/** A whole page as a response; no scripts, so forms do everything. */
export function page(frame: PageFrame, customer: string, body: Html): Response {
  const document = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${frame.title} – onOffice simulator</title><style>${{ html: STYLE }}</style></head>
<body><header><strong>onOffice simulator</strong><span class="muted">${customer}</span>
<nav>${PAGES.map(([path, title]) => html`<a href="${path}"${frame.path === path && html` aria-current="page"`}>${title}</a> &ensp; `)}</nav></header>
<main>${frame.message !== undefined && html`<p class="note" role="status">${frame.message}</p>`}
${frame.error !== undefined && html`<p class="note error" role="alert">${frame.error}</p>`}
<h1>${frame.title}</h1>${body}</main></body></html>`;
  return new Response(document.html, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
    },
  });
}
