import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { newBinding, type TagBinding } from '../../src/core/tag-binding.ts';
import type { Database } from '../../src/db/database.ts';
import type { Store } from '../../src/db/store.ts';
import { openConnection } from '../../src/http/open-connection.ts';
import { createHttpWorld, type HttpWorld, openHttpDatabase } from '../support/http-world.ts';

let database: Database;
let world: HttpWorld;
let store: Store;
let path = '';

const NOW = Date.parse('2026-03-01T08:00:00Z');

beforeAll(async () => {
  database = await openHttpDatabase();
});
beforeEach(async () => {
  world = await createHttpWorld(database);
  const { id } = (await world.connect()).json as unknown as { id: string };
  store = (await openConnection(world.parts, id)).store;
  path = `/api/connections/${id}/asked-tags`;
});
afterEach(() => world.close());
afterAll(() => database.close());

type Asked = { tags: { id: number; name: string; question: string; answers: string[] }[] };
const asked = async () => ((await world.call('GET', path)).json as unknown as Asked).tags;

async function ask(name: string, changes: Partial<TagBinding>): Promise<number> {
  const bound = newBinding({ key: name, label: name }, { id: name, name }, name.toLowerCase());
  await store.tables.tagBindings.save([{ ...bound, ...changes }], NOW);
  return (await asked()).find((tag) => tag.name === name)?.id ?? 0;
}

const DELETED = { state: 'apart', crmKey: undefined, question: 'deleted-in-crm' } as const;

test('R11: tags that wait for an answer are listed with the answers they take, the others are not', async () => {
  await ask('Käufer', DELETED);
  await ask('Mieter', { question: 'name-taken' });
  await ask('Messe', {});
  expect(await asked()).toMatchObject([
    {
      name: 'Käufer',
      inCrm: null,
      atProvider: 'Käufer',
      question: 'deleted-in-crm',
      answers: ['delete', 'create', 'keep'],
    },
    { name: 'Mieter', inCrm: 'Mieter', atProvider: 'Mieter', question: 'name-taken', answers: ['keep'] },
  ]);
});

test('R11, U2: the overview counts the tags that wait, and their alarm is over when all are answered', async () => {
  const overview = async () =>
    (await world.call('GET', path.replace('asked-tags', 'overview'))).json as unknown as {
      background: { askedTags: number };
      alarms: { code: string }[];
    };
  const tagId = await ask('Käufer', DELETED);
  await store.tables.journal.write('journal.tag_deleted_in_crm', { tag: 'Käufer' }, world.clock.now(), true);
  expect(await overview()).toMatchObject({
    background: { askedTags: 1 },
    alarms: [{ code: 'journal.tag_deleted_in_crm' }],
  });
  await world.call('POST', `${path}/${tagId}/answer`, { answer: 'keep' });
  expect(await overview()).toMatchObject({ background: { askedTags: 0 }, alarms: [] });
});

test('R11: an answer is kept for the next comparison, told in the journal, and given once', async () => {
  const tagId = await ask('Käufer', DELETED);
  const answer = () => world.call('POST', `${path}/${tagId}/answer`, { answer: 'delete' });
  expect(await answer()).toMatchObject({ status: 200, json: { tags: [] } });
  expect(await store.tables.tagBindings.all()).toMatchObject([{ slot: 'käufer', answer: 'delete' }]);
  expect((await store.tables.journal.page(undefined))[0]).toMatchObject({
    code: 'journal.tag_to_be_deleted',
    params: { tag: 'Käufer' },
  });
  expect(await answer()).toMatchObject({ status: 404, json: { error: { code: 'tag.not_asked' } } });
});

test('F8: an answer that the question does not take, and one that is none, change nothing', async () => {
  const tagId = await ask('Mieter', { question: 'name-taken' });
  for (const [answer, code] of [
    ['delete', 'tag.answer_impossible'],
    ['perhaps', 'input.invalid'],
  ]) {
    const refused = await world.call('POST', `${path}/${tagId}/answer`, { answer });
    expect(refused.json.error).toMatchObject({ code, field: 'answer' });
  }
  expect(await world.call('POST', `${path}/nobody/answer`, { answer: 'keep' })).toMatchObject({ status: 400 });
  expect(await store.tables.tagBindings.all()).toMatchObject([{ question: 'name-taken', answer: undefined }]);
});
