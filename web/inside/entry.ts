import { type Answer, call } from '../api.ts';
import { keepToken, recallToken } from '../bearer.ts';
import { PAGE_INSIDE, placeOf } from './place.ts';

type Session = Answer<'GET /api/session'>;
type OpenedActivation = Answer<'POST /api/marketplace/activations'>;

/** A signed call that is being exchanged: what came of it, or why it opens nothing. */
export type Exchange<T> = Promise<{ opened: T; error?: never } | { opened?: never; error: Error }>;

/** How this page was entered. */
export type Entry =
  | { place: 'browser' }
  /** going on after a reload of the frame */
  | { place: 'inside' }
  | { place: 'service'; exchange: Exchange<Session> }
  | { place: 'activation'; exchange: Exchange<OpenedActivation> };

/**
 * Looks how the page was opened. A signed call is taken out of the address before anything else, and exchanged; each is good for
 * once, so this is called once.
 */
export function enter(): Entry {
  const place = placeOf(location.pathname);
  const query = location.search.slice(1);
  switch (place) {
    case 'browser':
      return { place };
    case 'inside':
      recallToken();
      return { place };
    case 'service':
      history.replaceState(null, '', `${PAGE_INSIDE}/`);
      return { place, exchange: settled(openSession(query)) };
    case 'activation':
      history.replaceState(null, '', location.pathname);
      return { place, exchange: settled(call('POST /api/marketplace/activations', { body: { query } })) };
  }
}

async function openSession(query: string): Promise<Session> {
  const { token, session } = await call('POST /api/marketplace/sessions', { body: { query } });
  keepToken(token);
  return session;
}

function settled<T>(asked: Promise<T>): Exchange<T> {
  return asked.then(
    (opened) => ({ opened }),
    (error: unknown) => ({ error: error instanceof Error ? error : new Error(String(error)) }),
  );
}
