import { type CrmSeat, crmLink, nameOf } from './crm-shell.ts';
import { type AddressRecord, mainEmail, textOf } from './entities.ts';
import { type Html, html } from './html.ts';

const SHOWN = 25;

/** Contacts with their field Newsletter, which can be changed at once. */
export function contactsPage(seat: CrmSeat, matches: readonly AddressRecord[], search: string): Html {
  const { sim, user, language } = seat;
  const values = sim.store.field('newsletter_aktiv')?.permitted ?? [];
  const shown = matches.slice(0, SHOWN);
  return html`<h1>Addresses</h1>
<form class="row" method="get" action="/_crm/contacts"><input type="hidden" name="as" value="${user.id}"><input type="hidden" name="lang" value="${language}">
<label class="wide">Name, number or e-mail <input name="search" value="${search}"></label><button>Search</button></form>
<table><thead><tr><th>No.</th><th>Name</th><th class="mail">E-mail</th><th>Newsletter</th></tr></thead><tbody>${shown.map(
    (record) => html`<tr><td class="number">${record.id}</td>
<td><a href="/_console/contacts/${record.id}">${`${textOf(record, 'Vorname')} ${textOf(record, 'Name')}`.trim() || '–'}</a></td>
<td class="mail">${mainEmail(record)}</td>
<td><form method="post" action="${crmLink(seat, `/contacts/${record.id}`)}"><select name="newsletter" aria-label="Newsletter of contact ${record.id}" data-at-once>${values.map(
      ({ key, labels }) =>
        html`<option value="${key}"${key === textOf(record, 'newsletter_aktiv') && html` selected`}>${labels[language === 'DEU' ? 'DEU' : 'ENG'] ?? labels.DEU}</option>`,
    )}</select></form></td></tr>`,
  )}</tbody></table>
<p class="muted">${matches.length > shown.length ? `The first ${shown.length} of ${matches.length}.` : `${matches.length} addresses.`}</p>`;
}

/** The provider's entry in the Marketplace; only administrators activate it. */
export function marketplacePage(seat: CrmSeat): Html {
  const { sim, user } = seat;
  const { provider, unlocked } = sim.marketplace;
  if (!provider) return html`<h1>Marketplace</h1><p>No provider is on record here.</p>`;
  const action = (path: string, title: string, kind: string) =>
    html`<form method="post" action="${crmLink(seat, `/marketplace/${path}`)}"><button class="${kind}">${title}</button></form>`;
  return html`<h1>Marketplace</h1><div class="card"><div class="row"><h2>${provider.name}</h2><span class="state">${unlocked ? 'active' : 'not active'}</span></div>
<p>Keeps contacts and newsletter in step with Mailchimp or Brevo.</p>
${
  user.rights.admin
    ? html`<div class="row">${unlocked && html`<a class="button" href="${crmLink(seat, '/service')}">Open</a>`}
${action('activate', unlocked ? 'Activate anew' : 'Activate provider', unlocked ? 'plain' : '')}
${unlocked && action('block', 'Block provider', 'plain')}</div>`
    : html`<p class="muted">${nameOf(user)} is no administrator and may not activate providers.</p>`
}</div>`;
}

/** The activation dialog: the key to be copied, and below it the provider's page. */
export function activationPage(seat: CrmSeat, { url, apiKey }: { url: string; apiKey: string }): Html {
  const name = seat.sim.marketplace.provider?.name ?? '';
  return html`<div class="veil"><section class="window small" role="dialog" aria-label="Activate ${name}">
<header><span>Activate ${name}</span><a href="${crmLink(seat, '/marketplace')}">Close</a></header>
<div class="inner"><div class="row"><label class="wide">API key of the provider <input id="key" readonly value="${apiKey}"></label>
<button id="copy" type="button">Copy</button></div><p class="note" id="said" role="status"></p></div>
${frameOf(url, `Activation of ${name}`)}</section></div>`;
}

/** The provider's service in a pop-up over the CRM. */
export function serviceWindow(seat: CrmSeat, name: string, url: string): Html {
  return html`<div class="veil"><section class="window" role="dialog" aria-label="${name}">
<header><span>${name}</span><a href="${crmLink(seat, '/contacts')}">Close</a></header>${frameOf(url, name)}</section></div>`;
}

function frameOf(url: string, title: string): Html {
  return html`<iframe title="${title}" src="${url}" sandbox="allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads"></iframe>`;
}
