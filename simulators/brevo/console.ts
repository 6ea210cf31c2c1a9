import type { BrevoSimulator } from './brevo-simulator.ts';
import { campaignStats } from './campaign-statistics.ts';
import { CONSOLE_STYLE } from './console-style.ts';
import type { Account, Contact, Delivery, List } from './entities.ts';
import { type Html, html } from './html.ts';
import { localPlain } from './local-time.ts';

/** Contacts on one page of the console. */
const CONTACTS_SHOWN = 50;

/**
 * Answers the console page, on which a person plays the subscriber and the agency of the default account:
 * `GET /_console?list=&q=&page=`, where a list may be absent for all contacts, and `POST /_console` with the form of one
 * action, which leads back to the page.
 */
export async function serveConsole(sim: BrevoSimulator, request: Request, url: URL): Promise<Response> {
  if (request.method !== 'POST') return page(sim, url);
  const form = new URLSearchParams(await request.text());
  const back = new URLSearchParams({ list: form.get('list') ?? '' });
  try {
    act(sim, form);
  } catch (error) {
    back.set('error', error instanceof Error ? error.message : String(error));
  }
  return new Response(null, { status: 303, headers: { location: `/_console?${back}` } });
}

function act(sim: BrevoSimulator, form: URLSearchParams): void {
  const value = (name: string): string => (form.get(name) ?? '').trim();
  const list = Number(value('list'));
  const email = value('email');
  const campaignId = Number(value('campaign'));
  const actions: Record<string, () => unknown> = {
    'create-list': () => sim.admin.createList(value('name')),
    'rename-list': () => sim.admin.renameList(list, value('name')),
    'delete-list': () => sim.admin.deleteList(list),
    subscribe: () => sim.person.subscribe(list, { email }),
    unsubscribe: () => sim.person.unsubscribe(email, campaignId > 0 ? { campaignId } : {}),
    complain: () => sim.person.complain(email),
    'change-address': () => sim.person.changeAddress(email, value('newEmail')),
    block: () => sim.admin.block(email),
    unblock: () => sim.admin.unblock(email),
    add: () => sim.admin.addToList(list, email),
    remove: () => sim.admin.removeFromList(list, email),
    delete: () => sim.admin.deleteContact(email),
    edit: () => sim.admin.editProfile(email, { [value('attribute')]: value('value') }),
    'send-campaign': () => sim.campaign.send(list, { name: value('subject') }),
    open: () => sim.campaign.open(campaignId, email),
    click: () => sim.campaign.click(campaignId, email),
    'hard-bounce': () => sim.campaign.bounce(campaignId, email, 'hard'),
  };
  const action = actions[value('action')];
  if (!action) throw new Error(`no action ${value('action')}`);
  action();
}

function page(sim: BrevoSimulator, url: URL): Response {
  const { account } = sim;
  const lists = [...account.lists.values()];
  const list = account.lists.get(Number(url.searchParams.get('list')));
  const error = url.searchParams.get('error');
  const body = html`<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Brevo simulator</title>
<style>${{ html: CONSOLE_STYLE }}</style></head><body>
<header><h1>Brevo simulator</h1><span>API key <code>${sim.apiKey}</code></span></header><main>
<nav><a href="/_console">All contacts</a> ${lists.map((other) => html`<a href="/_console?list=${other.id}">${other.name}</a> `)}</nav>
${error ? html`<p class="error" role="alert">${error}</p>` : ''}
${list ? listSection(account, list) : ''}
${contactSection(account, list, url)}
<section><h2>One contact</h2>
${form(list, 'change-address', html`${input('email', 'Old e-mail')}${input('newEmail', 'New e-mail')}`, 'Change address')}
${form(list, 'edit', html`${input('email', 'E-mail')}${input('attribute', 'Attribute')}${input('value', 'Value', false)}`, 'Edit')}
</section>
${campaignSection(account, list)}
${processSection(account)}
${deliverySection(account, sim.store.deliveries)}
<section><h2>New list</h2>${form(list, 'create-list', input('name', 'Name'), 'Create')}</section>
</main></body></html>`;
  return new Response(body.html, { headers: { 'content-type': 'text/html; charset=utf-8' } });
}

function listSection(account: Account, list: List): Html {
  const { unique, blocked } = account.contacts.count(list.id);
  return html`<section><h2>${list.name}</h2><p class="soft">${unique} contacts, ${blocked} of them blocked</p>
${form(list, 'subscribe', input('email', 'E-mail'), 'Sign up as a person')}
${form(list, 'rename-list', input('name', 'New name'), 'Rename')}${form(list, 'delete-list', html``, 'Delete list')}</section>`;
}

function contactSection(account: Account, list: List | undefined, url: URL): Html {
  const wanted = (url.searchParams.get('q') ?? '').toLowerCase();
  const from = Math.max(0, Number(url.searchParams.get('page') ?? 0) || 0) * CONTACTS_SHOWN;
  const found = account.contacts
    .select({ listIds: list ? [list.id] : undefined, descending: false })
    .filter(({ email }) => (email ?? '').includes(wanted));
  const next = new URLSearchParams({
    list: String(list?.id ?? ''),
    q: wanted,
    page: String(from / CONTACTS_SHOWN + 1),
  });
  return html`<section><h2>Contacts</h2>
<form class="row" method="get"><input type="hidden" name="list" value="${list?.id ?? ''}">
<label>E-mail contains<input name="q" value="${wanted}"></label><button>Search</button></form>
<table><thead><tr><th>E-mail</th><th>Blocked</th><th>Lists</th><th>Attributes</th><th>Changed</th><th>Actions</th></tr></thead>
<tbody>${found.slice(from, from + CONTACTS_SHOWN).map((contact) => contactRow(account, list, contact))}</tbody></table>
${from + CONTACTS_SHOWN < found.length ? html`<a href="/_console?${next.toString()}">Next ${CONTACTS_SHOWN}</a>` : ''}
</section>`;
}

function contactRow(account: Account, list: List | undefined, contact: Contact): Html {
  const act = (action: string, label: string): Html =>
    html`<form method="post" action="/_console"><input type="hidden" name="list" value="${list?.id ?? ''}"><input
type="hidden" name="email" value="${contact.email ?? ''}"><button name="action" value="${action}">${label}</button></form> `;
  const lists = contact.listIds.map((id) => {
    const name = account.lists.get(id)?.name ?? '';
    return contact.listUnsubscribed.includes(id) ? `${name} (left)` : name;
  });
  const attributes = Object.entries(contact.attributes).map(([name, value]) => `${name} ${String(value)}`);
  const isOnList = list !== undefined && contact.listIds.includes(list.id);
  return html`<tr><td>${contact.email ?? ''}</td><td>${contact.emailBlacklisted ? 'yes' : ''}</td><td>${lists.join(', ')}</td>
<td>${attributes.join(', ')}</td><td>${localPlain(contact.modifiedAt, account.timezone)}</td><td>
${contact.emailBlacklisted ? act('unblock', 'Unblock') : html`${act('unsubscribe', 'Unsubscribe')}${act('complain', 'Report spam')}${act('block', 'Block')}`}
${isOnList ? act('remove', 'Take off the list') : ''}${act('delete', 'Delete')}</td></tr>`;
}

function campaignSection(account: Account, list: List | undefined): Html {
  const campaigns = [...account.campaigns.values()].reverse();
  return html`<section><h2>Campaigns</h2>
${list ? form(list, 'send-campaign', input('subject', 'Subject'), `Send to ${list.name}`) : ''}
<table><thead><tr><th>Name</th><th>Id</th><th>Status</th><th>Sent</th><th>Opened</th><th>Clicked</th><th>Bounced</th></tr></thead>
<tbody>${campaigns.map((campaign) => {
    const { sent = 0, uniqueViews = 0, uniqueClicks = 0, hardBounces = 0, softBounces = 0 } = campaignStats(campaign);
    return html`<tr><td>${campaign.name}</td><td>${campaign.id}</td><td>${campaign.status}</td><td>${sent}</td>
<td>${uniqueViews}</td><td>${uniqueClicks}</td><td>${hardBounces + softBounces}</td></tr>`;
  })}</tbody></table>
<form class="row" method="post" action="/_console"><input type="hidden" name="list" value="${list?.id ?? ''}">
<label>Campaign<select name="campaign">${campaigns.map(({ id, name }) => html`<option value="${id}">${name}</option>`)}</select></label>
${input('email', 'E-mail')}
<button name="action" value="open">Open</button><button name="action" value="click">Click</button>
<button name="action" value="hard-bounce">Hard bounce</button>
<button name="action" value="unsubscribe">Unsubscribe by its link</button></form></section>`;
}

function processSection(account: Account): Html {
  const processes = [...account.processes.values()].slice(-10).reverse();
  return html`<section><h2>Processes, newest first</h2>
<table><thead><tr><th>Id</th><th>Name</th><th>Status</th><th>Created</th></tr></thead><tbody>${processes.map(
    ({ id, name, status, createdAt }) => html`<tr><td>${id}</td><td>${name}</td><td>${status}</td>
<td>${localPlain(createdAt, account.timezone)}</td></tr>`,
  )}</tbody></table></section>`;
}

function deliverySection(account: Account, deliveries: readonly Delivery[]): Html {
  const time = (at: number | undefined): string => (at === undefined ? '' : localPlain(at, account.timezone));
  return html`<section><h2>Webhook deliveries, newest first</h2>
<table><thead><tr><th>No.</th><th>Event</th><th>Fired</th><th>State</th><th>Answers</th><th>Next try</th></tr></thead>
<tbody>${deliveries
    .slice(-30)
    .toReversed()
    .map(
      (delivery) => html`<tr><td>${delivery.number}</td><td>${delivery.event}</td><td>${time(delivery.firedAt)}</td>
<td>${delivery.state}</td><td>${delivery.answers.join(', ')}</td><td>${time(delivery.dueAt)}</td></tr>`,
    )}</tbody></table></section>`;
}

function form(list: List | undefined, action: string, fields: Html, label: string): Html {
  return html`<form class="row" method="post" action="/_console"><input type="hidden" name="list" value="${list?.id ?? ''}">
${fields}<button name="action" value="${action}">${label}</button></form>`;
}

function input(name: string, label: string, required = true): Html {
  return html`<label>${label}<input name="${name}" ${required ? 'required' : ''}></label>`;
}
