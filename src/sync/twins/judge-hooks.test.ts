import { expect, test } from 'vitest';
import { Secret } from '../../core/secret.ts';
import { type HooksInMind, judgeHooks } from './judge-hooks.ts';

const HERE = 'https://connector.immo-test.de';
const known: HooksInMind = {
  place: { publicUrl: HERE, installationId: 'a' },
  provider: 'mailchimp',
  secret: new Secret('ours'),
  marks: ['new', 'old'],
  accepted: [],
};
const onOffice = 'https://newsletter.onoffice.de/hook?key=1';
const other = `${HERE}/hooks/mailchimp/b/theirs?mark=x`;

test.each<[string, string[], Partial<HooksInMind>, string | undefined]>([
  ['no hook', [], {}, undefined],
  ['ours, as it was last written', [`${HERE}/hooks/mailchimp/a/ours?mark=new`], {}, undefined],
  ['ours, whose last writing was not heard of', [`${HERE}/hooks/mailchimp/a/ours?mark=old`], {}, undefined],
  ['ours without a mark', [`${HERE}/hooks/mailchimp/a/ours`], {}, undefined],
  ['ours under a former address', ['https://former.immo-test.de/hooks/mailchimp/a/ours?mark=old'], {}, undefined],
  ['ours with a mark that we never wrote', [`${HERE}/hooks/mailchimp/a/ours?mark=x`], {}, 'unknown_mark'],
  ['the same elsewhere', ['https://copy.immo-test.de/hooks/mailchimp/a/ours?mark=x'], {}, 'unknown_mark'],
  ['a mark, and none is known after a restore', [`${HERE}/hooks/mailchimp/a/ours?mark=x`], { marks: [] }, undefined],
  ['of another connection of ours', [`${HERE}/hooks/mailchimp/a/another?mark=x`], {}, undefined],
  ['ours, written by a copy with another id', [`${HERE}/hooks/mailchimp/b/ours?mark=new`], {}, 'other_installation'],
  ['of another installation', [other], {}, 'foreign_hook'],
  ['of onOffice', [onOffice], {}, 'foreign_hook'],
  ['of a stranger', ['https://shop.immo-test.de/hook', 'nonsense'], {}, undefined],
  [
    'of both, and both were accepted',
    [other, onOffice],
    { accepted: ['connector.immo-test.de/hooks/mailchimp/b', 'newsletter.onoffice.de'] },
    undefined,
  ],
  ['of one more than was accepted', [other, onOffice], { accepted: ['newsletter.onoffice.de'] }, 'foreign_hook'],
])('F9: what the hooks of an audience tell: %s', (_, urls, more, expected) => {
  expect(judgeHooks(urls, { ...known, ...more })).toBe(expected);
});
