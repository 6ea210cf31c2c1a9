import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ACTION_HANDLERS } from './actions/index.ts';
import { createOnOfficeSimulator } from './index.ts';
import { post, send, type TestAnswer, testClock } from './test-client.ts';

const PARAMETERS =
  'data filter filterid recordids listlimit listoffset sortby sortorder Name email default_email newsletter_aktiv NewsletterTag checkDuplicate addressids addressid estateid actionkind actiontype datetime note modul module fields language input searchparameter userid recordIds action register parameterCacheId userfilter groupId'.split(
    ' ',
  );
const name = fc.constantFrom(
  'Name',
  'email',
  'Aenderung',
  'NewsletterTag',
  'Nr',
  'constructor',
  '__proto__',
  'toString',
);
const expression = fc.record({
  op: fc.constantFrom('=', 'in', 'like', 'between', '>', 'constructor'),
  val: fc.jsonValue(),
});
const value = fc.oneof(
  fc.jsonValue(),
  name,
  fc.array(name),
  fc.dictionary(name, fc.oneof(fc.array(expression), fc.jsonValue())),
  fc.constantFrom('address', 'adressen', '10501', 10501),
);
const parameters = fc.dictionary(fc.constantFrom(...PARAMETERS), value);
const resourceId = fc.oneof(fc.constantFrom('', 'address', 'NewsletterTag', 10501, '10501'), fc.string());

test('whatever an action says, it is answered with a result', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...ACTION_HANDLERS.keys()), parameters, resourceId, async (call, given, id) => {
      const sim = createOnOfficeSimulator({ clock: testClock() });
      sim.agent.createContact({ Name: 'A', Email: 'a@immo-test.de' });
      const answer = await send(sim, [[call, given, id]]);
      expect(answer.response.results[0]?.status.errorcode).toBeTypeOf('number');
    }),
    { numRuns: 1500 },
  );
});

test('whatever the body is, it is answered with a status', async () => {
  const sim = createOnOfficeSimulator({ clock: testClock() });
  const body = fc.oneof(
    fc.string(),
    fc.jsonValue().map((json) => JSON.stringify(json)),
    fc.array(fc.jsonValue()).map((actions) => JSON.stringify({ token: sim.apiUser.token, request: { actions } })),
  );
  await fc.assert(
    fc.asyncProperty(body, async (text) => {
      const answer = (await (await post(sim, text)).json()) as TestAnswer;
      expect(answer.status.errorcode).toBeGreaterThan(0);
    }),
    { numRuns: 500 },
  );
});
