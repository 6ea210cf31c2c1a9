import { CONSOLE_STYLE } from './console-style.ts';
import type { Audience, Delivery, Member } from './entities.ts';
import { type Html, html } from './html.ts';
import type { MailchimpSimulator } from './mailchimp-simulator.ts';
import { countActions } from './report-counts.ts';
import { isoTime } from './world.ts';

/** Members on one page of the console. */
const MEMBERS_SHOWN = 50;

/**
 * Answers the console page, on which a person plays the subscriber and the agency: `GET /_console?list=&q=&page=`, and
 * `POST /_console` with the form of one action, which leads back to the page.
 */
export async function serveConsole(sim: MailchimpSimulator, request: Request, url: URL): Promise<Response> {
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

function act(sim: MailchimpSimulator, form: URLSearchParams): void {
  const value = (name: string): string => (form.get(name) ?? '').trim();
  const list = value('list');
  const email = value('email');
  const names = { FNAME: value('firstName'), LNAME: value('lastName') };
  const campaignId = value('campaign');
  const actions: Record<string, () => unknown> = {
    'create-audience': () => sim.addAudience({ name: value('name') }),
    subscribe: () => sim.person.subscribe(list, { email, mergeFields: names }),
    add: () => sim.admin.addMember(list, { email, mergeFields: names }),
    unsubscribe: () => sim.person.unsubscribe(list, email, campaignId ? { campaignId } : {}),
    confirm: () => sim.person.confirm(list, email),
    complain: () => sim.person.complain(list, email),
    'change-address': () => sim.person.changeAddress(list, email, value('newEmail')),
    'admin-unsubscribe': () => sim.admin.unsubscribe(list, email),
    archive: () => sim.admin.archive(list, email),
    'archive-all': () => sim.admin.archiveAll(list),
    'delete-permanently': () => sim.admin.deletePermanently(list, email),
    'set-tags': () =>
      sim.admin.setTags(
        list,
        email,
        value('tags')
          .split(',')
          .map((name) => name.trim())
          .filter((name) => name !== ''),
      ),
    'send-campaign': () => sim.campaign.send(list, { subject: value('subject'), title: value('subject') }),
    open: () => sim.campaign.open(campaignId, email),
    click: () => sim.campaign.click(campaignId, email),
    'hard-bounce': () => sim.campaign.bounce(campaignId, email, 'hard'),
  };
  const action = actions[value('action')];
  if (!action) throw new Error(`no action ${value('action')}`);
  action();
}

function page(sim: MailchimpSimulator, url: URL): Response {
  const lists = [...sim.store.lists.values()];
  const list = lists.find(({ id }) => id === url.searchParams.get('list')) ?? lists[0];
  const error = url.searchParams.get('error');
  const body = html`<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Mailchimp simulator</title>
<style>${{ html: CONSOLE_STYLE }}</style></head><body>
<header><h1>Mailchimp simulator</h1><span>API key <code>${sim.apiKey}</code></span>
<nav>${lists.map((other) => html`<a href="/_console?list=${other.id}">${other.name}</a> `)}</nav></header><main>
${error ? html`<p class="error" role="alert">${error}</p>` : ''}
${list ? audience(sim, list, url) : html`<section><h2>No audience yet</h2></section>`}
<section><h2>New audience</h2>${form(list?.id ?? '', 'create-audience', html`${input('name', 'Name')}`, 'Create')}</section>
</main></body></html>`;
  return new Response(body.html, { headers: { 'content-type': 'text/html; charset=utf-8' } });
}

function audience(sim: MailchimpSimulator, list: Audience, url: URL): Html {
  const { members } = list;
  return html`<section><h2>${list.name}</h2>
<p class="soft">${members.count('subscribed')} subscribed, ${members.count('unsubscribed')} unsubscribed,
${members.count('cleaned')} cleaned, ${members.count('pending')} pending, ${members.count('archived')} archived</p>
${form(list.id, 'subscribe', html`${input('email', 'E-mail')}${input('firstName', 'First name', false)}${input('lastName', 'Last name', false)}`, 'Sign up as a person')}
</section>
${memberSection(list, url)}
<section><h2>One member</h2>
${form(list.id, 'set-tags', html`${input('email', 'E-mail')}${input('tags', 'Tags, comma between', false)}`, 'Set tags')}
${form(list.id, 'change-address', html`${input('email', 'Old e-mail')}${input('newEmail', 'New e-mail')}`, 'Change address')}
${form(list.id, 'archive-all', html``, 'Archive all contacts')}</section>
${campaignSection(sim, list)}
${deliverySection(sim.store.deliveries.filter(({ listId }) => listId === list.id))}`;
}

function memberSection(list: Audience, url: URL): Html {
  const wanted = (url.searchParams.get('q') ?? '').toLowerCase();
  const from = Math.max(0, Number(url.searchParams.get('page') ?? 0) || 0) * MEMBERS_SHOWN;
  const found = [...list.members.all()].filter(({ emailAddress }) => emailAddress.toLowerCase().includes(wanted));
  const next = from + MEMBERS_SHOWN < found.length;
  return html`<section><h2>Members</h2>
<form class="row" method="get"><input type="hidden" name="list" value="${list.id}">
<label>E-mail contains<input name="q" value="${wanted}"></label><button>Search</button></form>
<table><thead><tr><th>E-mail</th><th>Status</th><th>Tags</th><th>Last changed, UTC</th><th>Actions</th></tr></thead>
<tbody>${found.slice(from, from + MEMBERS_SHOWN).map((member) => memberRow(list, member))}</tbody></table>
${next ? html`<a href="/_console?${new URLSearchParams({ list: list.id, q: wanted, page: String(from / MEMBERS_SHOWN + 1) }).toString()}">Next ${MEMBERS_SHOWN}</a>` : ''}
</section>`;
}

function memberRow(list: Audience, member: Member): Html {
  const act = (action: string, label: string): Html =>
    html`<form method="post" action="/_console"><input type="hidden" name="list" value="${list.id}"><input type="hidden"
name="email" value="${member.emailAddress}"><button name="action" value="${action}">${label}</button></form> `;
  const tags = [...member.tags.keys()].map((id) => list.tags.get(id)?.name ?? '').join(', ');
  return html`<tr><td>${member.emailAddress}</td><td>${member.status}</td><td>${tags}</td>
<td>${isoTime(member.lastChanged).slice(0, 16).replace('T', ' ')}</td><td>
${member.status === 'subscribed' ? html`${act('unsubscribe', 'Unsubscribe')}${act('complain', 'Report spam')}${act('admin-unsubscribe', 'By admin')}` : ''}
${member.status === 'pending' ? act('confirm', 'Confirm') : ''}
${member.status === 'archived' ? '' : act('archive', 'Archive')}${act('delete-permanently', 'Delete')}</td></tr>`;
}

function campaignSection(sim: MailchimpSimulator, list: Audience): Html {
  const campaigns = [...sim.store.campaigns.values()].filter(({ listId }) => listId === list.id).reverse();
  return html`<section><h2>Campaigns</h2>
${form(list.id, 'send-campaign', html`${input('subject', 'Subject')}`, 'Send to all subscribed')}
<table><thead><tr><th>Subject</th><th>Id</th><th>Status</th><th>Sent</th><th>Opened</th><th>Clicked</th><th>Bounced</th></tr></thead>
<tbody>${campaigns.map((campaign) => {
    const counts = countActions(campaign);
    return html`<tr><td>${campaign.subject}</td><td><code>${campaign.id}</code></td><td>${campaign.status}</td>
<td>${campaign.recipients.size}</td><td>${counts.uniqueOpens}</td><td>${counts.uniqueClicks}</td>
<td>${counts.hardBounces + counts.softBounces}</td></tr>`;
  })}</tbody></table>
<form class="row" method="post" action="/_console"><input type="hidden" name="list" value="${list.id}">
<label>Campaign<select name="campaign">${campaigns.map(({ id, subject }) => html`<option value="${id}">${subject}</option>`)}</select></label>
${input('email', 'E-mail')}
<button name="action" value="open">Open</button><button name="action" value="click">Click</button>
<button name="action" value="hard-bounce">Hard bounce</button>
<button name="action" value="unsubscribe">Unsubscribe by its link</button></form></section>`;
}

function deliverySection(deliveries: readonly Delivery[]): Html {
  return html`<section><h2>Webhook deliveries, newest first</h2>
<table><thead><tr><th>No.</th><th>Event</th><th>Fired</th><th>State</th><th>Answers</th><th>Next try</th></tr></thead>
<tbody>${deliveries
    .slice(-30)
    .toReversed()
    .map(
      (delivery) => html`<tr><td>${delivery.number}</td><td>${delivery.type}</td><td>${isoTime(delivery.firedAt)}</td>
<td>${delivery.state}</td><td>${delivery.answers.join(', ')}</td><td>${isoTime(delivery.dueAt)}</td></tr>`,
    )}</tbody></table></section>`;
}

function form(listId: string, action: string, fields: Html, label: string): Html {
  return html`<form class="row" method="post" action="/_console"><input type="hidden" name="list" value="${listId}">
${fields}<button name="action" value="${action}">${label}</button></form>`;
}

function input(name: string, label: string, required = true): Html {
  return html`<label>${label}<input name="${name}" ${required ? 'required' : ''}></label>`;
}
