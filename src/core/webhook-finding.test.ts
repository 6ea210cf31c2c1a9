import { expect, test } from 'vitest';
import { isOwnHook } from './own-hook.ts';
import { isRepairedNow, type WebhookFinding } from './webhook-finding.ts';

const MISSING: WebhookFinding = { kind: 'missing' };
const MOVED: WebhookFinding = { kind: 'wrong-url', host: 'alt.immo-test.de' };
const FOREIGN: WebhookFinding = { kind: 'foreign', host: 'other.immo-test.de' };
const OPT_OUTS: WebhookFinding = { kind: 'events-missing', topics: ['unsubscribed'], hasOptOuts: true };
const PROFILES: WebhookFinding = { kind: 'events-missing', topics: ['edited'], hasOptOuts: false };

test.each<[string, WebhookFinding[], boolean, boolean]>([
  ['nothing', [], false, false],
  ['a missing hook', [MISSING], true, true],
  ['missing opt-outs', [OPT_OUTS], true, true],
  ['missing profiles', [PROFILES], false, true],
  ['missing profiles of a doubled hook', [PROFILES, { kind: 'doubled', count: 2 }], true, true],
  ['a hook that people are not told to', [{ kind: 'sources-missing' }], true, true],
  ['a hook that programs are told to', [{ kind: 'listens-to-programs' }], true, true],
  ['a hook under another address', [MOVED], false, true],
  ['a hook under another address without opt-outs', [MOVED, OPT_OUTS], false, true],
  ['another installation’s hook', [FOREIGN], false, false],
  ['another installation’s hook where ours is missing', [MISSING, FOREIGN], false, false],
])('F3: %s is repaired by itself or when everything may be', (_, findings, byItself, whenAsked) => {
  expect(isRepairedNow(findings, 'opt-outs')).toBe(byItself);
  expect(isRepairedNow(findings, 'everything')).toBe(whenAsked);
});

test.each([
  ['https://a.test/hooks/x/1/geheim', true],
  ['https://former.test/hooks/x/1/geheim', true],
  ['https://a.test/hooks/x/1/', true],
  ['https://a.test/hooks/x/12/geheim', false],
  ['https://a.test/other/hooks/x/1/geheim', false],
  ['nonsense', false],
])('%s is a hook of ours: %s', (url, isOurs) => {
  expect(isOwnHook(url, 'https://a.test/hooks/x/1/')).toBe(isOurs);
});
