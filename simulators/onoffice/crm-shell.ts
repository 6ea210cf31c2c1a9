import type { CrmUser } from './entities.ts';
import { type Html, html } from './html.ts';
import type { OnOfficeSimulator } from './onoffice-simulator.ts';

/** Languages that a user may have in the CRM, by its own codes. */
export const LANGUAGES = [
  { code: 'DEU', name: 'Deutsch' },
  { code: 'ENG', name: 'English' },
  { code: 'ESP', name: 'Español' },
  { code: 'ITA', name: 'Italiano' },
  { code: 'FRA', name: 'Français' },
] as const;

/** Who sits before the CRM. */
export type CrmSeat = { sim: OnOfficeSimulator; user: CrmUser; language: (typeof LANGUAGES)[number]['code'] };

export type CrmPage = 'contacts' | 'marketplace' | 'service';

const STYLE = `
:root { color-scheme: light dark; --line: light-dark(#d5dbe1, #39424d); --soft: light-dark(#eef1f4, #1c2229); --bar: #24506b; --accent: light-dark(#1d6a8f, #7cc0e4); }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; grid-template: auto 1fr / 13rem 1fr; font: 15px/1.5 system-ui, 'Open Sans', sans-serif; background: light-dark(#fff, #14181d); }
.top { grid-column: 1 / -1; display: flex; flex-wrap: wrap; gap: .4rem 1rem; align-items: center; padding: .5rem 1rem; background: var(--bar); color: #fff; }
.top strong { margin-right: auto; } .top form { display: flex; gap: .4rem; flex-wrap: wrap; }
.top select { background: #1a3d52; color: #fff; border-color: #6c8ba0; }
nav { padding: .75rem .5rem; background: var(--soft); border-right: 1px solid var(--line); }
nav a { display: block; padding: .45rem .75rem; border-radius: 4px; color: inherit; text-decoration: none; }
nav a[aria-current] { background: var(--bar); color: #fff; } nav hr { border: 0; border-top: 1px solid var(--line); }
main { padding: 1.25rem 1.5rem 3rem; min-width: 0; }
h1 { font-size: 1.3rem; margin: 0 0 1rem; } h2 { font-size: 1.05rem; margin: 0 0 .25rem; } p { margin: 0 0 .75rem; }
table { width: 100%; border-collapse: collapse; } th, td { text-align: left; padding: .35rem .5rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { font-size: .85rem; } td select { width: 100%; } .number { white-space: nowrap; }
input, select { padding: .35rem .5rem; font: inherit; border: 1px solid var(--line); border-radius: 4px; background: light-dark(#fff, #14181d); color: inherit; }
button, .button { display: inline-block; padding: .4rem .9rem; font: inherit; border: 1px solid var(--bar); border-radius: 4px; background: var(--bar); color: #fff; cursor: pointer; text-decoration: none; }
button.plain { background: transparent; color: inherit; border-color: var(--line); }
.row { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; } .row + .row, .row + table { margin-top: 1rem; } .row .wide { flex: 1 1 16rem; }
label { display: block; font-size: .85rem; } label input { width: 100%; }
.card { border: 1px solid var(--line); border-radius: 6px; padding: 1rem 1.25rem; max-width: 44rem; }
.state { display: inline-block; padding: 0 .5rem; border-radius: 99px; font-size: .8rem; background: var(--soft); border: 1px solid var(--line); }
.muted { opacity: .75; } a { color: var(--accent); } .note:not(:empty) { margin: .75rem 0 0; padding: .5rem .75rem; border-left: 3px solid var(--accent); background: var(--soft); }
.veil { position: fixed; inset: 0; display: grid; place-items: center; padding: clamp(0px, 2vw, 1.5rem); background: rgb(10 20 30 / .55); z-index: 5; }
.window { display: flex; flex-direction: column; width: min(100%, 76rem); height: 100%; background: light-dark(#fff, #14181d); border-radius: 6px; overflow: hidden; box-shadow: 0 10px 40px rgb(0 0 0 / .4); }
.window.small { width: min(100%, 40rem); }
.window > header { display: flex; justify-content: space-between; align-items: center; gap: 1rem; padding: .4rem .4rem .4rem 1rem; background: var(--bar); color: #fff; }
.window > header a { padding: .2rem .7rem; border: 1px solid #6c8ba0; border-radius: 4px; color: #fff; text-decoration: none; }
.window > .inner { padding: 1rem 1.25rem; border-bottom: 1px solid var(--line); }
iframe { flex: 1; width: 100%; border: 0; }
@media (max-width: 700px) { body { grid-template: auto auto 1fr / 1fr; } nav { display: flex; flex-wrap: wrap; border-right: 0; border-bottom: 1px solid var(--line); padding: .4rem; } nav hr { display: none; } main { padding: 1rem; } .veil { padding: 0; } .window { border-radius: 0; } .mail { display: none; } }
`;

/** An address of the CRM for the same seat. */
export function crmLink({ user, language }: CrmSeat, path: string): string {
  return `/_crm${path}?as=${user.id}&lang=${language}`;
}

/** A whole page of the CRM, with its menu; the provider's page may be shown in it, and nothing else from outside. */
export function crmDocument(seat: CrmSeat, at: CrmPage, body: Html): Response {
  const { sim, user, language } = seat;
  const { provider, unlocked } = sim.marketplace;
  const people = [...sim.store.users.values()].filter(({ token }) => token === '');
  const item = (page: CrmPage, title: string) =>
    html`<a href="${crmLink(seat, `/${page}`)}"${page === at && html` aria-current="page"`}>${title}</a>`;
  const document = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>onOffice enterprise (simulated)</title><style>${{ html: STYLE }}</style></head>
<body><div class="top"><strong>onOffice enterprise, simulated</strong><span>${sim.store.customer.name}</span>
<form method="get" action="/_crm/${at}"><select name="as" aria-label="User" data-at-once>${people.map(
    (other) =>
      html`<option value="${other.id}"${other.id === user.id && html` selected`}>${nameOf(other)}${other.rights.admin && ' (administrator)'}</option>`,
  )}</select><select name="lang" aria-label="Language of the user" data-at-once>${LANGUAGES.map(
    ({ code, name }) => html`<option value="${code}"${code === language && html` selected`}>${name}</option>`,
  )}</select><noscript><button>Switch</button></noscript></form></div>
<nav aria-label="Menu">${item('contacts', 'Addresses')}${item('marketplace', 'Marketplace')}${
    provider && unlocked && item('service', provider.name)
  }<hr><a href="/_console">Simulator console</a></nav>
<main>${body}</main><script src="/_crm/crm.js"></script></body></html>`;
  const framed = provider ? `frame-src ${new URL(provider.serviceUrl).origin}` : "frame-src 'none'";
  return new Response(document.html, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; form-action 'self'; ${framed}`,
    },
  });
}

/** A person of the agency as the CRM shows him. */
export function nameOf({ firstName, lastName, userName }: CrmUser): string {
  return `${firstName} ${lastName}`.trim() || userName;
}
