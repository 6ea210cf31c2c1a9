import { expect, test } from 'vitest';
import { createTestWorld } from './test-world.ts';

function withAudience() {
  const world = createTestWorld();
  const list = world.sim.addAudience({ name: 'onoffice' });
  return { ...world, list, path: `/lists/${list.id}` };
}
const anna = { email_address: 'anna@immo-test.de', status: 'subscribed' };

test('the bulk call answers 200 with new, updated and refused records in the documented shape', async () => {
  const { call, path } = withAudience();
  await call('POST', `${path}/merge-fields`, { tag: 'LTV', name: 'Wert', type: 'number' });
  await call('POST', `${path}/members`, { email_address: 'bert@immo-test.de', status: 'subscribed' });
  const answer = await call('POST', path, {
    members: [
      { ...anna, tags: ['Eigentümer'] },
      { email_address: 'bert@immo-test.de', status: 'subscribed' },
      { email_address: 'x@example.com', status: 'subscribed' },
      { email_address: 'carla@immo-test.de', status: 'subscribed', merge_fields: { LTV: 'viel' } },
      { ...anna, email_address: 'ANNA@immo-test.de' },
    ],
  });
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({ total_created: 1, total_updated: 0, error_count: 4 });
  expect(answer.body.new_members).toMatchObject([{ tags: [{ name: 'Eigentümer' }], status: 'subscribed' }]);
  expect(answer.body.errors).toEqual([
    {
      email_address: 'bert@immo-test.de',
      error:
        'bert@immo-test.de is already a list member, do you want to update? please provide update_existing:true in the request body',
      error_code: 'ERROR_CONTACT_EXISTS',
    },
    {
      email_address: 'x@example.com',
      error: 'x@example.com looks fake or invalid, please enter a real email address.',
      error_code: 'ERROR_GENERIC',
    },
    {
      email_address: 'carla@immo-test.de',
      error: 'Your merge fields were invalid.',
      error_code: 'ERROR_GENERIC',
      field: 'LTV',
      field_message: 'Please enter a number',
    },
    expect.objectContaining({ email_address: 'ANNA@immo-test.de', error_code: 'ERROR_GENERIC' }),
  ]);
});

test('with skip_duplicate_check the first of two equal addresses wins in silence', async () => {
  const { call, path } = withAudience();
  const members = [
    { ...anna, merge_fields: { FNAME: 'Eins' } },
    { ...anna, merge_fields: { FNAME: 'Zwei' } },
  ];
  const answer = await call('POST', `${path}?skip_duplicate_check=true`, { members });
  expect(answer.body).toMatchObject({ error_count: 0, new_members: [{ merge_fields: { FNAME: 'Eins' } }] });
});

test('update_existing adds tags, sync_tags replaces them; without tags the switch decides', async () => {
  const { call, path, sim } = withAudience();
  const write = async (record: object, sync_tags: boolean): Promise<string[]> => {
    const body = { members: [{ ...anna, ...record }], update_existing: true, sync_tags };
    const answer = await call('POST', path, body);
    const written = [answer.body.new_members, answer.body.updated_members].flat() as { tags: { name: string }[] }[];
    return written[0]!.tags.map(({ name }) => name);
  };
  expect(await write({ tags: ['A'] }, false)).toEqual(['A']);
  expect(await write({ tags: ['B', 'a'] }, false)).toEqual(['A', 'B']);
  expect(await write({ tags: ['C'] }, true)).toEqual(['C']);
  expect(await write({}, true)).toEqual(['C']);
  expect(await write({ tags: [] }, true)).toEqual([]);
  expect(await write({ tags: ['C'] }, false)).toEqual(['C']);
  sim.switches.syncTagsWithoutTags = 'cleared';
  expect(await write({}, true)).toEqual([]);
});

test('an archived member is refused by the create-only form, or put back, as the switch says', async () => {
  const { call, path, sim, list } = withAudience();
  await call('POST', path, { members: [anna] });
  sim.admin.archive(list.id, anna.email_address);
  const refused = await call('POST', path, { members: [anna] });
  expect(refused.body).toMatchObject({ errors: [{ error_code: 'ERROR_CONTACT_EXISTS' }] });
  sim.switches.bulkAddArchived = 'unarchived';
  const back = await call('POST', path, { members: [anna] });
  expect(back.body).toMatchObject({ total_updated: 1, updated_members: [{ status: 'subscribed' }] });
});

test('role addresses are refused only when the bulk call counts as an import', async () => {
  const { call, path, sim } = withAudience();
  const members = [{ email_address: 'noreply@immo-test.de', status: 'subscribed' }];
  sim.switches.roleAddressesInBatch = 'refused';
  expect((await call('POST', path, { members })).body.error_count).toBe(1);
  sim.switches.roleAddressesInBatch = 'accepted';
  expect((await call('POST', path, { members })).body.error_count).toBe(0);
});

test('more than 500 records are refused as a whole', async () => {
  const { call, path, list } = withAudience();
  const members = Array.from({ length: 501 }, (_, n) => ({
    email_address: `m${n}@immo-test.de`,
    status: 'subscribed',
  }));
  expect((await call('POST', path, { members })).status).toBe(400);
  expect(list.members.size).toBe(0);
});

test('tags are unique whatever their case, keep their id when renamed and are capped at 50 in a member', async () => {
  const { call, path, list } = withAudience();
  await call('POST', path, { members: [{ ...anna, tags: Array.from({ length: 60 }, (_, n) => `Tag ${n}`) }] });
  const member = await call('GET', `${path}/members/anna@immo-test.de`);
  expect([member.body.tags_count, (member.body.tags as []).length]).toEqual([60, 50]);
  const [tag] = [...list.tags.values()];
  const renamed = await call('PATCH', `${path}/segments/${tag!.id}`, { name: 'Neu' });
  expect(renamed.body).toMatchObject({ id: tag!.id, name: 'Neu', member_count: 1, type: 'static' });
  expect((await call('POST', `${path}/segments`, { name: 'neu', static_segment: [] })).status).toBe(400);
  expect((await call('DELETE', `${path}/segments/${tag!.id}`)).status).toBe(204);
  expect((await call('GET', `${path}/members/anna@immo-test.de`)).body.tags_count).toBe(59);
});
