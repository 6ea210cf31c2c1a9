import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ROUTES } from './routes/index.ts';
import { createTestWorld } from './test-world.ts';

const names = ['email', 'attributes', 'listIds', 'ids', 'emails', 'events', 'url', 'type', 'name', 'jsonBody', 'all'];
const body = fc.option(fc.dictionary(fc.constantFrom(...names), fc.jsonValue({ maxDepth: 2 })), { nil: undefined });
const value = fc.oneof(
  fc.constantFrom('1', '2', 'a@immo-test.de', 'normal', 'VORNAME', '%ff'),
  fc.string({ minLength: 1 }).map(encodeURIComponent),
);
const query = fc.dictionary(
  fc.constantFrom(
    'limit',
    'offset',
    'sort',
    'listIds',
    'ids',
    'modifiedSince',
    'filter',
    'identifierType',
    'startDate',
  ),
  fc.oneof(fc.constantFrom('1', '-1', 'asc', 'equals(VORNAME,"x")', '2026-03-01T00:00:00Z'), fc.string()),
);

test('whatever is sent is answered or refused in the usual form, never an error of the simulator itself', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...ROUTES), value, query, body, async (route, identifier, asked, sent) => {
      const { call, sim, settle } = createTestWorld();
      sim.admin.addContact({ email: 'a@immo-test.de', lists: [2], attributes: { VORNAME: 'x' } });
      const path = route.path.replaceAll(/\{\w+\}/g, identifier);
      const parameters = new URLSearchParams(asked).toString();
      const isRead = route.method === 'GET';
      const answer = await call(route.method, `${path}?${parameters}`, isRead ? undefined : sent);
      expect(answer.status).toBeLessThan(500);
      if (answer.status >= 400)
        expect(answer.body).toMatchObject({ code: expect.any(String), message: expect.any(String) });
      expect(answer.headers.get('sib-request-id')).not.toBe(null);
      await settle();
    }),
    { numRuns: 400 },
  );
});
