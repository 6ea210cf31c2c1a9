import { type AddressRecord, type CrmUser, mainEmail, textOf } from './entities.ts';
import type { FieldDefinition } from './field-definitions.ts';
import { type Html, html } from './html.ts';
import { localDateTime } from './local-time.ts';
import type { OnOfficeSimulator } from './onoffice-simulator.ts';

/** One page of the contact list. */
export type ContactListing = { found: AddressRecord[]; total: number; search: string; at: number; size: number };

/** The list of contacts with its search box. */
export function contactList(sim: OnOfficeSimulator, listing: ContactListing): Html {
  const { found, total, search, at, size } = listing;
  const link = (from: number) => `/_console?search=${encodeURIComponent(search)}&from=${from}`;
  return html`<form class="row" method="get" action="/_console">
<label>Name, company, number or e-mail <input name="search" value="${search}"></label><button>Search</button>
<a href="/_console/new">New contact</a></form>
<p class="muted">${total} contacts${total > 0 && `, showing ${at + 1}–${at + found.length}`}</p>
<table><thead><tr><th>No.</th><th>Name</th><th>E-mail</th><th>Newsletter</th><th>Tags</th><th>Last change</th></tr></thead>
<tbody>${found.map(
    (record) => html`<tr><td>${record.id}</td>
<td><a href="/_console/contacts/${record.id}">${nameOf(record)}</a>${flagsOf(record)}</td>
<td>${mainEmail(record)}</td><td>${newsletterLabel(sim, textOf(record, 'newsletter_aktiv'))}</td>
<td>${tagLabels(sim, record).join(', ')}</td><td class="when">${localDateTime(record.changedAt)}</td></tr>`,
  )}</tbody></table>
<p>${at > 0 && html`<a href="${link(Math.max(0, at - size))}">Previous</a> &ensp; `}
${at + size < total && html`<a href="${link(at + size)}">Next</a>`}</p>`;
}

/** An empty form. */
export function newContactPage(sim: OnOfficeSimulator): Html {
  return html`<form class="grid" method="post" action="/_console/new">${formFields(sim, undefined)}
<div class="wide"><button>Create</button></div></form>`;
}

/** A contact's form, its activities and who changed Newsletter when. */
export function contactPage(sim: OnOfficeSimulator, record: AddressRecord): Html {
  const { store } = sim;
  const history = store.newsletterHistory(record.id);
  const activities = store.activities.ofAddress(record.id).slice(-50).reverse();
  const further = record.emails.filter(({ id }) => id !== record.mainEmailId).map(({ address }) => address);
  return html`<form class="grid" method="post" action="/_console/contacts/${record.id}">${formFields(sim, record)}
<div class="wide"><button>Save</button></div></form>
<p class="muted">Customer no. ${textOf(record, 'KdNr')} · last change ${localDateTime(record.changedAt)}${
    further.length > 0 && ` · further addresses: ${further.join(', ')}`
  }</p>
<form method="post" action="/_console/contacts/${record.id}/delete"><button class="danger">Delete contact</button></form>
<h2>Activities</h2>${
    activities.length === 0
      ? html`<p class="muted">None yet.</p>`
      : html`<table><thead><tr><th>When</th><th>Kind</th><th>Type</th><th>Note</th><th>By</th></tr></thead><tbody>${activities.map(
          ({ dateTime, kind, type, note, userId }) =>
            html`<tr><td class="when">${dateTime}</td><td>${kind}</td><td>${type}</td><td>${note}</td><td>${userName(store.users, userId)}</td></tr>`,
        )}</tbody></table>`
  }
<h2>Changes of Newsletter</h2>${
    history.length === 0
      ? html`<p class="muted">None yet.</p>`
      : html`<table><thead><tr><th>When</th><th>From</th><th>To</th><th>By</th></tr></thead><tbody>${history.map(
          ({ at, from, to, by, userId }) =>
            html`<tr><td class="when">${localDateTime(at)}</td><td>${from === undefined ? 'new' : newsletterLabel(sim, from)}</td>
<td>${newsletterLabel(sim, to)}</td><td>${userName(store.users, userId)} (${by === 'api' ? 'API' : 'CRM'})</td></tr>`,
        )}</tbody></table>`
  }`;
}

/** The permitted values of the tag field. */
export function tagPage(sim: OnOfficeSimulator): Html {
  const tags = sim.store.fields.get('NewsletterTag')?.permitted ?? [];
  return html`<form class="row" method="post" action="/_console/tags/add">
<label>New tag <input name="label" required></label><button>Add</button></form>
<table><thead><tr><th>Tag</th><th>Key</th><th>Rename</th><th></th></tr></thead><tbody>${tags.map(
    ({ key, labels }) => html`<tr><td>${labels.DEU}</td><td class="muted">${key}</td>
<td><form class="row" method="post" action="/_console/tags/rename"><input type="hidden" name="tag" value="${key}">
<input name="label" aria-label="New name of ${labels.DEU}" value="${labels.DEU}" required><button class="plain">Rename</button></form></td>
<td><form method="post" action="/_console/tags/delete"><input type="hidden" name="tag" value="${key}"><button class="danger">Delete</button></form></td></tr>`,
  )}</tbody></table>`;
}

/** Forms that plan what goes wrong. */
export function faultPage(): Html {
  const common = html`<label>How often <input name="times" type="number" min="1" value="1" required></label>
<label>Only calls that match <input name="match" placeholder="read address"></label>`;
  return html`<h2>The connection fails</h2><form class="row" method="post" action="/_console/faults">
<label>Fault <select name="fault">
<option value="502">502 Bad Gateway</option><option value="503">503 Service Unavailable</option>
<option value="429">429 Too Many Requests</option><option value="lose-answer">carried out, answer lost</option>
<option value="truncate">answer cut in half</option><option value="delay">answer 30 s late</option></select></label>
${common}<button>Plan</button></form>
<h2>An action answers an error</h2><form class="row" method="post" action="/_console/faults/action">
<label>Error code <input name="code" type="number" min="1" value="1" required></label>${common}<button>Plan</button></form>
<h2>Enough</h2><form method="post" action="/_console/faults/clear"><button class="plain">Forget all planned faults</button></form>`;
}

/** Counters, the system log and the webhook's calls. */
export function logPage(sim: OnOfficeSimulator): Html {
  const { store, counts, marketplace } = sim;
  return html`<p>${counts.requests} requests · at most ${counts.maxInFlight} at once</p>
<table><thead><tr><th>Call</th><th>Actions</th></tr></thead><tbody>${Object.entries(counts.actions).map(
    ([call, count]) => html`<tr><td>${call}</td><td>${count}</td></tr>`,
  )}</tbody></table>
<h2>Log</h2><table><thead><tr><th>When</th><th>Action</th><th>Record</th><th>By</th></tr></thead><tbody>${store.log
    .slice(-50)
    .reverse()
    .map(
      ({ at, action, module, recordId, userId }) =>
        html`<tr><td class="when">${localDateTime(at)}</td><td>${action}</td><td>${module} ${recordId}</td><td>${userName(store.users, userId)}</td></tr>`,
    )}</tbody></table>
<h2>Webhook calls</h2><table><thead><tr><th>When</th><th>Answer</th><th>Called</th></tr></thead><tbody>${marketplace.deliveries
    .slice(-20)
    .reverse()
    .map(
      ({ at, status, url }) =>
        html`<tr><td class="when">${localDateTime(at)}</td><td>${status ?? 'none'}</td><td>${new URL(url).pathname}</td></tr>`,
    )}</tbody></table>`;
}

function formFields(sim: OnOfficeSimulator, record: AddressRecord | undefined): Html {
  const { store } = sim;
  const value = (name: string) => (record ? textOf(record, name) : (store.fields.get(name)?.default ?? ''));
  const select = (definition: FieldDefinition | undefined) =>
    definition &&
    html`<label>${definition.labels.ENG} <select name="${definition.name}"><option value=""></option>${definition.permitted.map(
      ({ key, labels }) =>
        html`<option value="${key}"${key === value(definition.name) && html` selected`}>${labels.ENG ?? labels.DEU}</option>`,
    )}</select></label>`;
  const input = (name: string, label: string) =>
    html`<label>${label} <input name="${name}" value="${value(name)}"></label>`;
  const tags = store.field('NewsletterTag');
  const carried = record?.values.NewsletterTag ?? [];
  return html`${select(store.field('Anrede'))}${input('Vorname', 'First name')}${input('Name', 'Last name')}
${input('Zusatz1', 'Company')}${input('Briefanrede', 'Salutation')}
<label>E-mail <input name="Email" value="${record ? mainEmail(record) : ''}"></label>${select(store.field('newsletter_aktiv'))}
${
  tags &&
  html`<fieldset class="wide"><legend>Newsletter tags</legend><input type="hidden" name="has-tags" value="1">${tags.permitted.map(
    ({ key, labels }) =>
      html`<label class="check"><input type="checkbox" name="NewsletterTag" value="${key}"${carried.includes(key) && html` checked`}> ${labels.DEU}</label>`,
  )}</fieldset>`
}
<div class="wide"><label class="check"><input type="checkbox" name="Privat"${value('Privat') === '1' && html` checked`}> Private</label>
<label class="check"><input type="checkbox" name="archived"${value('Status') === '0' && html` checked`}> Archived</label></div>`;
}

function nameOf(record: AddressRecord): string {
  const name = [textOf(record, 'Vorname'), textOf(record, 'Name')].filter(Boolean).join(' ');
  return name || textOf(record, 'Zusatz1') || '(no name)';
}

function flagsOf(record: AddressRecord): Html {
  const flags = [record.values.Privat === '1' && 'private', record.values.Status === '0' && 'archived'].filter(Boolean);
  return html`${flags.length > 0 && html` <span class="muted">${flags.join(', ')}</span>`}`;
}

function newsletterLabel(sim: OnOfficeSimulator, key: string): string {
  const value = sim.store.fields.get('newsletter_aktiv')?.permitted.find((permitted) => permitted.key === key);
  return value?.labels.ENG ?? value?.labels.DEU ?? key;
}

function tagLabels(sim: OnOfficeSimulator, record: AddressRecord): string[] {
  const keys = record.values.NewsletterTag ?? [];
  const tags = sim.store.fields.get('NewsletterTag')?.permitted ?? [];
  return tags.filter(({ key }) => keys.includes(key)).map(({ labels }) => labels.DEU);
}

function userName(users: ReadonlyMap<number, CrmUser>, id: number): string {
  return users.get(id)?.userName ?? String(id);
}
