import type { LabTime } from './lab-time.ts';
import type { MortalEngine } from './mortal-engine.ts';

export type OutsideName = 'onoffice' | 'mailchimp' | 'brevo';

/**
 * A request on its way. `call`: `POST /3.0/lists/…` at Mailchimp, `PUT /v3/…` at Brevo, `modify address` at onOffice. `body`: what
 * it asks for, without signatures.
 */
export type SeenRequest = { system: OutsideName; call: string; body: string; number: number };

/** Whether a request changes nothing. */
export function isRead({ call }: Pick<SeenRequest, 'call'>): boolean {
  return /^(GET|read|get) /.test(call);
}

/**
 * What becomes of a request. `dies-…`: of the process that sent it; `freezes`: that process hears the answer so many ms later,
 * when another one has long taken over; `late`: its sender gives up, and it is carried out so many ms later.
 */
export type RequestFate =
  | { type: 'served' | 'dies-before' | 'dies-after' | 'loses-answer' | 'breaks' | 'unreachable' | 'truncates' }
  | { type: 'freezes' | 'late' | 'delays'; ms: number }
  | { type: 'refused'; status: 401 | 403 | 429 | 500 | 502 | 503 };

/** After so many ms of virtual time a sender gives up. */
const GIVES_UP_AFTER_MS = 30_000;

/** HTML instead of the vendor's dialect, as gateways answer. */
const GATEWAY_PAGE = '<html><body><h1>Bad Gateway</h1></body></html>';

/** Carries a request out as its fate wants. @param serve lets the simulator answer */
export async function carryRequest(
  fate: RequestFate,
  parts: {
    time: LabTime;
    engine: MortalEngine;
    serve: () => Promise<Response>;
    /** takes the process out of the world's hands; its lanes may be taken over */
    freeze: (ms: number) => Promise<void>;
    onLateAnswer: (carryingOut: Promise<unknown>) => void;
  },
): Promise<Response> {
  const { time, engine, serve } = parts;
  switch (fate.type) {
    case 'served':
      return serve();
    case 'dies-before':
      engine.die();
      return never();
    case 'dies-after':
      await serve();
      engine.die();
      return never();
    case 'freezes': {
      const response = await serve();
      await parts.freeze(fate.ms);
      return response;
    }
    case 'delays':
      await time.sleep(fate.ms);
      return serve();
    case 'late':
      parts.onLateAnswer(time.sleep(GIVES_UP_AFTER_MS + fate.ms).then(serve));
      await time.sleep(GIVES_UP_AFTER_MS);
      throw networkError('UND_ERR_BODY_TIMEOUT');
    case 'breaks':
      await serve();
      throw networkError('ECONNRESET');
    case 'unreachable':
      throw networkError('ECONNREFUSED');
    case 'loses-answer':
      await serve();
      return gatewayPage(502);
    case 'truncates': {
      const response = await serve();
      const text = await response.text();
      return new Response(text.slice(0, Math.floor(text.length / 2)), response);
    }
    case 'refused':
      return fate.status === 403 ? new Response(null, { status: 403 }) : gatewayPage(fate.status);
  }
}

function gatewayPage(status: number): Response {
  return new Response(GATEWAY_PAGE, { status, headers: { 'content-type': 'text/html' } });
}

function networkError(code: string): Error {
  return Object.assign(new Error('the network failed'), { code });
}

function never(): Promise<never> {
  return new Promise(() => {});
}
