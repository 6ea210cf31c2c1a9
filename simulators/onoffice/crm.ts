import { type Context, Hono } from 'hono';
import { activationPage, contactsPage, marketplacePage, serviceWindow } from './crm-pages.ts';
import { type CrmSeat, crmDocument, LANGUAGES } from './crm-shell.ts';
import { mainEmail, textOf } from './entities.ts';
import type { OnOfficeSimulator } from './onoffice-simulator.ts';

/** Sent to the CRM's pages; a provider's page tells by one word how its activation ended (fact sheet 5.2). */
const SCRIPT = `
const frame = document.querySelector('iframe');
const said = document.querySelector('#said');
addEventListener('message', (event) => {
  if (!frame || event.source !== frame.contentWindow || event.origin !== new URL(frame.src).origin) return;
  if (event.data === 'active') {
    if (said) said.textContent = 'The provider is activated.';
    document.body.dataset.activated = 'yes';
  } else if (said && typeof event.data === 'string') said.textContent = 'The provider reports: ' + event.data;
});
document.querySelector('#copy')?.addEventListener('click', async (event) => {
  const field = document.querySelector('#key');
  field.select();
  try { await navigator.clipboard.writeText(field.value); } catch { document.execCommand('copy'); }
  event.target.textContent = 'Copied';
});
document.querySelectorAll('select[data-at-once]').forEach((select) =>
  select.addEventListener('change', () => select.form.requestSubmit()));
`;

/**
 * The CRM as its users see it: menu, contacts, Marketplace with the activation dialog, and the provider's service in a pop-up. Who
 * sits there and in which language stands in every address (`as`, `lang`).
 */
export function createCrm(sim: OnOfficeSimulator): Hono {
  const app = new Hono().basePath('/_crm');
  const { agent, store, marketplace } = sim;
  /** the activation that was begun last, until its page was shown */
  let begun: { url: string; apiKey: string } | undefined;

  const seatOf = (context: Context): CrmSeat => {
    const asked = store.users.get(Number(context.req.query('as')));
    const user = asked && asked.token === '' ? asked : store.users.get(agent.userId);
    if (!user) throw new Error('the agency has its agent');
    const language = LANGUAGES.find(({ code }) => code === context.req.query('lang'))?.code ?? 'DEU';
    return { sim, user, language };
  };
  const redirect = (context: Context, seat: CrmSeat, path: string) =>
    context.redirect(`/_crm${path}?as=${seat.user.id}&lang=${seat.language}`, 303);

  app.get('/crm.js', (context) => context.body(SCRIPT, 200, { 'content-type': 'text/javascript; charset=utf-8' }));
  app.get('/', (context) => redirect(context, seatOf(context), '/contacts'));

  app.get('/contacts', (context) => {
    const search = context.req.query('search') ?? '';
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    const matches = [...store.addresses.values()].filter((record) => {
      const text =
        `${record.id} ${textOf(record, 'Vorname')} ${textOf(record, 'Name')} ${mainEmail(record)}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
    return crmDocument(seatOf(context), 'contacts', contactsPage(seatOf(context), matches, search));
  });
  app.post('/contacts/:id', async (context) => {
    const seat = seatOf(context);
    const form = await context.req.formData();
    agent.editContact(
      Number(context.req.param('id')),
      { newsletter_aktiv: String(form.get('newsletter')) },
      seat.user.id,
    );
    return redirect(context, seat, '/contacts');
  });

  app.get('/marketplace', (context) => crmDocument(seatOf(context), 'marketplace', marketplacePage(seatOf(context))));
  app.post('/marketplace/activate', (context) => {
    const seat = seatOf(context);
    const { provider } = marketplace;
    if (!provider || !seat.user.rights.admin) return redirect(context, seat, '/marketplace');
    const { activationUrl: url, secret: providerSecret, language: name } = provider;
    begun = marketplace.startActivation({
      url,
      providerSecret,
      userId: seat.user.id,
      ...(name === undefined ? {} : { parameters: { [name]: seat.language } }),
    });
    return redirect(context, seat, '/marketplace/activation');
  });
  app.get('/marketplace/activation', (context) => {
    const seat = seatOf(context);
    if (!begun) return redirect(context, seat, '/marketplace');
    const shown = begun;
    // Its signed call is good for once: loaded anew, the dialog begins anew.
    begun = undefined;
    return crmDocument(seat, 'marketplace', activationPage(seat, shown));
  });
  app.post('/marketplace/block', (context) => {
    marketplace.block();
    return redirect(context, seatOf(context), '/marketplace');
  });

  app.get('/service', (context) => {
    const seat = seatOf(context);
    const { provider } = marketplace;
    if (!provider || !marketplace.unlocked) return redirect(context, seat, '/marketplace');
    const url = marketplace.serviceUrl({
      url: provider.serviceUrl,
      providerSecret: provider.secret,
      userId: seat.user.id,
      ...(provider.language === undefined ? {} : { parameters: { [provider.language]: seat.language } }),
    });
    return crmDocument(seat, 'service', serviceWindow(seat, provider.name, url));
  });
  return app;
}
