import { keptText } from './storage.ts';

/** Survives a reload of the frame, and ends with it. */
const kept = keptText('session', 'session-token');
let token: string | undefined;

/** Keeps the token of a session inside the CRM: in memory, and in this frame's own storage. */
export function keepToken(given: string): void {
  token = given;
  kept.keep(given);
}

/** Takes up the token that was kept before the frame was loaded anew. */
export function recallToken(): void {
  token = kept.read() ?? undefined;
}

/** How a request to the API says who makes it: inside the CRM by a header, elsewhere by the cookie. */
export function credentialsOfRequest(): { headers: Record<string, string>; credentials: RequestCredentials } {
  if (token === undefined) return { headers: {}, credentials: 'same-origin' };
  return { headers: { authorization: `Bearer ${token}` }, credentials: 'omit' };
}

/** Whether links and event streams have to carry the token, which only requests of our own can. */
export function hasBearer(): boolean {
  return token !== undefined;
}
