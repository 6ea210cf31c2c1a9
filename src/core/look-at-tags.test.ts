import { expect, test } from 'vitest';
import { lookAtTags, type TagSides } from './look-at-tags.ts';
import { newBinding, type TagBinding } from './tag-binding.ts';

const bound = (key: string, id: string, name: string): TagBinding =>
  newBinding({ key, label: name }, { id, name }, name.toLowerCase());

/** One line for each binding that is not gone: slot, state, key, id, question. */
function told(bindings: readonly TagBinding[]): string[] {
  return bindings
    .filter(({ state }) => state !== 'gone')
    .map(({ slot, state, crmKey = '–', providerId = '–', question = '' }) =>
      [slot.replace('\u001f', '#'), state, crmKey, providerId, question].filter(Boolean).join(' '),
    );
}

const look = (sides: Partial<TagSides>) => told(lookAtTags({ crm: [], provider: [], bindings: [], ...sides }));

test('R11: tags of one name, whatever its case, are bound; the others are not', () => {
  expect(
    look({
      crm: [
        { key: 'k1', label: 'Käufer' },
        { key: 'k2', label: 'Mieter' },
      ],
      provider: [
        { id: '1', name: 'KÄUFER ' },
        { id: '2', name: 'Messe' },
      ],
    }),
  ).toEqual(['käufer bound k1 1']);
});

test('M10: the marker is bound to nothing in the CRM, not even to a tag of its name', () => {
  const crm = [{ key: 'k1', label: 'OnOffice' }];
  expect(look({ crm, provider: [{ id: '9', name: 'onoffice' }] })).toEqual(['onoffice marker – 9']);
  expect(look({ crm, provider: [] })).toEqual([]);
});

test('R11: of two tags of one name in the CRM the first is bound, and stays so', () => {
  const crm = [
    { key: 'k1', label: 'Kauf' },
    { key: 'k2', label: 'kauf' },
  ];
  const provider = [{ id: '1', name: 'Kauf' }];
  const bindings = lookAtTags({ crm, provider, bindings: [] });
  expect(told(bindings)).toEqual(['kauf bound k1 1']);
  expect(look({ crm: crm.toReversed(), provider, bindings })).toEqual(['kauf bound k1 1']);
});

test('R11: a bound tag stays bound under whatever names', () => {
  const bindings = [bound('k1', '1', 'Kauf')];
  expect(look({ crm: [{ key: 'k1', label: 'A' }], provider: [{ id: '1', name: 'B' }], bindings })).toEqual([
    'kauf bound k1 1',
  ]);
});

test.each([
  ['in the CRM', [], [{ id: '1', name: 'Kauf' }], ['kauf apart – 1 deleted-in-crm']],
  ['at the provider', [{ key: 'k1', label: 'Kauf' }], [], ['kauf apart k1 – deleted-at-provider']],
  ['on both sides', [], [], []],
  [
    'at the provider, where it got the marker’s name',
    [{ key: 'k1', label: 'Kauf' }],
    [{ id: '1', name: 'Onoffice' }],
    ['kauf apart k1 – deleted-at-provider', 'onoffice marker – 1'],
  ],
] as const)('R11: a tag deleted %s is asked about', (_, crm, provider, expected) => {
  expect(look({ crm, provider, bindings: [bound('k1', '1', 'Kauf')] })).toEqual(expected);
});

const APART: TagBinding = {
  ...bound('k1', '1', 'Kauf'),
  state: 'apart',
  crmKey: undefined,
  question: 'deleted-in-crm',
};

test('R11: asked once, a tag stays apart while nobody answers', () => {
  expect(look({ provider: [{ id: '1', name: 'Kauf' }], bindings: [APART] })).toEqual(['kauf apart – 1 deleted-in-crm']);
});

test('R11: answered with keep, it stays apart and is not asked about again', () => {
  const provider = [{ id: '1', name: 'Kauf' }];
  const [kept] = lookAtTags({ crm: [], provider, bindings: [{ ...APART, answer: 'keep' }] });
  expect(kept).toMatchObject({ state: 'apart', question: undefined, answer: undefined });
  expect(look({ provider, bindings: kept ? [kept] : [] })).toEqual(['kauf apart – 1']);
});

test('R11: what is on both sides again is a new tag to the base states: nobody seems to have lost it', () => {
  const again = lookAtTags({
    crm: [{ key: 'k9', label: 'kauf' }],
    provider: [{ id: '1', name: 'Kauf' }],
    bindings: [APART],
  });
  expect(told(again)).toEqual(['kauf#2 bound k9 1']);
  expect(again.map(({ slot, state }) => [slot.split('\u001f')[0], state])).toEqual([
    ['kauf', 'gone'],
    ['kauf', 'bound'],
  ]);
});

test('R11: where the CRM has the name twice, the other one takes the place of the one that was deleted', () => {
  expect(
    look({
      crm: [{ key: 'k2', label: 'kauf' }],
      provider: [{ id: '1', name: 'Kauf' }],
      bindings: [bound('k1', '1', 'Kauf')],
    }),
  ).toEqual(['kauf#2 bound k2 1']);
});

test('R11: the slot of a tag that is gone is given to no other tag', () => {
  const gone = lookAtTags({ crm: [], provider: [], bindings: [bound('k1', '1', 'Kauf')] });
  expect(look({ crm: [{ key: 'k2', label: 'Kauf' }], provider: [{ id: '2', name: 'Kauf' }], bindings: gone })).toEqual([
    'kauf#2 bound k2 2',
  ]);
});
