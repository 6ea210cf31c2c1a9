import { z } from 'zod';
import { addMergeField } from '../audience.ts';
import { type Answer, type Call, links, listOf, pageOf, type Route, readBody, readChoice, readFlag } from '../call.ts';
import { type Audience, MERGE_TYPES, type MergeField } from '../entities.ts';
import { badRequest, notFound, schemaProblem } from '../problem.ts';
import { renderMergeField } from '../render.ts';

/** Most fields an audience may have, EMAIL not counted (fact sheet 2.3). */
const MAX_FIELDS = 30;

const FieldBody = z.object({
  name: z.string().min(1),
  type: z.enum(MERGE_TYPES),
  tag: z.string().optional(),
  required: z.boolean().optional(),
  default_value: z.string().optional(),
  public: z.boolean().optional(),
  display_order: z.int().optional(),
  options: z.object({ choices: z.array(z.string()).optional(), size: z.int().optional() }).optional(),
  help_text: z.string().optional(),
});

/** Merge fields of an audience. */
export const mergeFieldRoutes: readonly Route[] = [
  { method: 'GET', path: '/lists/{list_id}/merge-fields', serve: readFields },
  { method: 'POST', path: '/lists/{list_id}/merge-fields', serve: createField },
  {
    method: 'GET',
    path: '/lists/{list_id}/merge-fields/{merge_id}',
    serve: (call) => renderMergeField(listOf(call), fieldOf(call, listOf(call))),
  },
  { method: 'PATCH', path: '/lists/{list_id}/merge-fields/{merge_id}', serve: updateField },
  { method: 'DELETE', path: '/lists/{list_id}/merge-fields/{merge_id}', serve: deleteField },
];

function readFields(call: Call): Answer {
  const list = listOf(call);
  const type = readChoice(call.query, 'type', MERGE_TYPES);
  const required = call.query.get('required');
  const chosen = list.mergeFields.filter(
    (field) =>
      (type === undefined || field.type === type) &&
      (required === null || field.required === readFlag(call.query, 'required')),
  );
  return {
    merge_fields: pageOf(call.query, chosen).map((field) => renderMergeField(list, field)),
    list_id: list.id,
    total_items: chosen.length,
    _links: links(`/lists/${list.id}/merge-fields`),
  };
}

function createField(call: Call): Answer {
  const list = listOf(call);
  const body = readBody(call, FieldBody);
  if (list.mergeFields.length >= MAX_FIELDS)
    throw badRequest(`Merge Max Limit Exceeded: a list may have ${MAX_FIELDS} merge fields.`);
  const tag = checkTag(list, body.tag, undefined);
  const field = addMergeField(list, {
    name: body.name,
    type: body.type,
    ...(tag === undefined ? {} : { tag }),
    required: body.required ?? false,
    defaultValue: body.default_value ?? '',
    public: body.public ?? false,
    choices: body.options?.choices ?? [],
    ...(body.options?.size === undefined ? {} : { size: body.options.size }),
    ...(body.display_order === undefined ? {} : { displayOrder: body.display_order }),
    helpText: body.help_text ?? '',
  });
  return renderMergeField(list, field);
}

// The type cannot be changed later (fact sheet 2.3), so it is not read here.
function updateField(call: Call): Answer {
  const list = listOf(call);
  const field = fieldOf(call, list);
  const body = readBody(call, FieldBody.partial().omit({ type: true }));
  const tag = checkTag(list, body.tag, field);
  if (tag !== undefined) field.tag = tag;
  if (body.name !== undefined) field.name = body.name;
  if (body.required !== undefined) field.required = body.required;
  if (body.default_value !== undefined) field.defaultValue = body.default_value;
  if (body.public !== undefined) field.public = body.public;
  if (body.display_order !== undefined) field.displayOrder = body.display_order;
  if (body.options?.choices) field.choices = body.options.choices;
  if (body.options?.size !== undefined) field.size = body.options.size;
  if (body.help_text !== undefined) field.helpText = body.help_text;
  return renderMergeField(list, field);
}

function deleteField(call: Call): Answer {
  const list = listOf(call);
  const field = fieldOf(call, list);
  list.mergeFields = list.mergeFields.filter((candidate) => candidate !== field);
  for (const member of list.members.all()) delete member.mergeFields[field.mergeId];
  return undefined;
}

function fieldOf(call: Call, list: Audience): MergeField {
  const found = list.mergeFields.find((field) => String(field.mergeId) === call.params.merge_id);
  if (!found) throw notFound();
  return found;
}

/** Upper-cases a tag and checks it: letters, digits, underscore, at most 10 characters, nobody else's. */
function checkTag(list: Audience, given: string | undefined, own: MergeField | undefined): string | undefined {
  if (given === undefined || given === '') return undefined;
  const tag = given.toUpperCase();
  if (!/^[A-Z0-9_]{1,10}$/.test(tag))
    throw schemaProblem([
      { field: 'tag', message: 'Merge tags are at most 10 characters: letters, digits and underscore.' },
    ]);
  if (tag === 'EMAIL' || list.mergeFields.some((field) => field !== own && field.tag === tag))
    throw badRequest(`A Merge Field with the tag "${tag}" already exists for this list.`);
  return tag;
}
