import { type Context, Hono } from 'hono';
import type { Fault } from '../shared/faults.ts';
import { standardTexts } from './actions/search.ts';
import type { ContactForm } from './agent.ts';
import { contactList, contactPage, faultPage, logPage, newContactPage, tagPage } from './console-pages.ts';
import { page } from './html.ts';
import type { OnOfficeSimulator } from './onoffice-simulator.ts';

const PAGE_SIZE = 50;
const TEXT_FIELDS = ['Anrede', 'Vorname', 'Name', 'Zusatz1', 'Briefanrede', 'Email', 'newsletter_aktiv'];

/** The console: a person plays the agent in the CRM. Plain forms, a redirect after each. */
export function createConsole(sim: OnOfficeSimulator): Hono {
  const app = new Hono().basePath('/_console');
  const { agent, store } = sim;

  const show = (context: Context, title: string, path: string, body: Parameters<typeof page>[2]) =>
    page(
      { title, path, message: context.req.query('done'), error: context.req.query('error') },
      store.customer.name,
      body,
    );
  /** Carries out a form's command and goes back to a page, with what was done or why not. */
  const command = async (
    context: Context,
    target: string | (() => string),
    done: string,
    run: (form: FormData) => void,
  ): Promise<Response> => {
    let said = `done=${encodeURIComponent(done)}`;
    try {
      run(await context.req.formData());
    } catch (error) {
      said = `error=${encodeURIComponent(error instanceof Error ? error.message : String(error))}`;
    }
    return context.redirect(`${typeof target === 'string' ? target : target()}?${said}`, 303);
  };

  app.get('/', (context) => {
    const search = context.req.query('search') ?? '';
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    const at = Math.max(0, Math.floor(Number(context.req.query('from') ?? 0)) || 0);
    const found = [];
    let total = 0;
    for (const record of store.addresses.values()) {
      const texts = standardTexts(record, true).map((text) => text.toLowerCase());
      if (!words.every((word) => texts.some((text) => text.includes(word)))) continue;
      if (total >= at && found.length < PAGE_SIZE) found.push(record);
      total += 1;
    }
    return show(context, 'Contacts', '/_console', contactList(sim, { found, total, search, at, size: PAGE_SIZE }));
  });
  app.get('/new', (context) => show(context, 'New contact', '/_console/new', newContactPage(sim)));
  app.post('/new', (context) => {
    let id = 0;
    return command(
      context,
      () => (id === 0 ? '/_console/new' : `/_console/contacts/${id}`),
      'Contact created.',
      (form) => {
        id = agent.createContact(contactForm(form)).id;
      },
    );
  });
  app.get('/contacts/:id', (context) => {
    const record = store.addresses.get(Number(context.req.param('id')));
    if (!record) return context.notFound();
    return show(context, `Contact ${record.id}`, '/_console/contacts', contactPage(sim, record));
  });
  app.post('/contacts/:id', (context) => {
    const id = Number(context.req.param('id'));
    return command(context, `/_console/contacts/${id}`, 'Saved.', (form) => {
      agent.editContact(id, contactForm(form));
    });
  });
  app.post('/contacts/:id/delete', (context) =>
    command(context, '/_console', 'Contact deleted.', () => agent.deleteContact(Number(context.req.param('id')))),
  );

  app.get('/tags', (context) => show(context, 'Newsletter tags', '/_console/tags', tagPage(sim)));
  app.post('/tags/add', (context) =>
    command(context, '/_console/tags', 'Tag added.', (form) => {
      agent.addTag(needed(form, 'label'));
    }),
  );
  app.post('/tags/rename', (context) =>
    command(context, '/_console/tags', 'Tag renamed.', (form) =>
      agent.renameTag(needed(form, 'tag'), needed(form, 'label')),
    ),
  );
  app.post('/tags/delete', (context) =>
    command(context, '/_console/tags', 'Tag deleted.', (form) => agent.deleteTag(needed(form, 'tag'))),
  );

  app.get('/faults', (context) => show(context, 'Faults', '/_console/faults', faultPage()));
  app.post('/faults', (context) =>
    command(context, '/_console/faults', 'Fault planned.', (form) => {
      const match = text(form, 'match');
      sim.faults.plan({
        fault: faultNamed(needed(form, 'fault')),
        times: wholeNumber(form, 'times'),
        ...(match === '' ? {} : { match: new RegExp(match) }),
      });
    }),
  );
  app.post('/faults/action', (context) =>
    command(context, '/_console/faults', 'Error planned.', (form) => {
      const match = text(form, 'match');
      sim.actionFaults.plan({
        code: wholeNumber(form, 'code'),
        times: wholeNumber(form, 'times'),
        ...(match === '' ? {} : { match: new RegExp(match) }),
      });
    }),
  );
  app.post('/faults/clear', (context) =>
    command(context, '/_console/faults', 'No more faults.', () => {
      sim.faults.clear();
      sim.actionFaults.clear();
    }),
  );
  app.get('/log', (context) => show(context, 'What happened', '/_console/log', logPage(sim)));
  return app;
}

function contactForm(form: FormData): ContactForm {
  const typed: ContactForm = { Privat: form.has('Privat'), Status: form.has('archived') ? '0' : '1' };
  for (const name of TEXT_FIELDS) if (form.has(name)) typed[name] = text(form, name);
  if (form.has('has-tags')) typed.NewsletterTag = form.getAll('NewsletterTag').map(String);
  return typed;
}

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

function needed(form: FormData, name: string): string {
  const value = text(form, name).trim();
  if (value === '') throw new Error(`Please fill in ${name}.`);
  return value;
}

function wholeNumber(form: FormData, name: string): number {
  const value = Number(needed(form, name));
  if (!Number.isInteger(value) || value < 1) throw new Error(`${name} must be a whole number, 1 or more.`);
  return value;
}

function faultNamed(name: string): Fault {
  switch (name) {
    case 'lose-answer':
    case 'truncate':
      return { type: name };
    case 'delay':
      return { type: 'delay', ms: 30_000 };
    case '429':
    case '502':
    case '503':
      return {
        type: 'status',
        status: Number(name),
        body: `<html><body><h1>${name}</h1></body></html>`,
        contentType: 'text/html',
      };
    default:
      throw new Error(`There is no fault ${name}.`);
  }
}
