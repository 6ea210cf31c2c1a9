import { z } from 'zod';
import { invalid, notFound } from '../api-error.ts';
import { type Answer, Answered, type Call, type Route, readBody } from '../call.ts';
import { ATTRIBUTE_CATEGORIES, ATTRIBUTE_TYPES, type Attribute } from '../entities.ts';
import { renderAttribute } from '../render.ts';

const AttributeBody = z.object({
  type: z.enum(ATTRIBUTE_TYPES).optional(),
  enumeration: z.array(z.object({ value: z.int(), label: z.string().max(200) })).optional(),
  multiCategoryOptions: z.array(z.string().max(200)).optional(),
  value: z.string().optional(),
});

/** Attributes of contacts (fact sheet 3). */
export const attributeRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/contacts/attributes',
    serve: ({ account }) => ({ attributes: [...account.attributes.values()].map(renderAttribute) }),
  },
  { method: 'POST', path: '/contacts/attributes/{category}/{name}', serve: createAttribute },
  {
    method: 'PUT',
    path: '/contacts/attributes/{category}/{name}',
    serve: (call) => {
      const found = attributeOf(call);
      const { enumeration, multiCategoryOptions, value, type } = readBody(call, AttributeBody);
      if (type !== undefined && type !== found.type) throw invalid('Attribute type can not be changed');
      found.enumeration = enumeration ?? found.enumeration;
      found.multiCategoryOptions = multiCategoryOptions ?? found.multiCategoryOptions;
      found.calculatedValue = value ?? found.calculatedValue;
      return undefined;
    },
  },
  {
    method: 'DELETE',
    path: '/contacts/attributes/{category}/{name}',
    serve: (call) => {
      const { name } = attributeOf(call);
      call.account.attributes.delete(name);
      for (const { attributes } of call.account.contacts.all()) delete attributes[name];
      call.account.contacts.changed();
      return undefined;
    },
  },
];

function createAttribute(call: Call): Answer {
  const category = ATTRIBUTE_CATEGORIES.find((known) => known === call.params.category);
  if (!category) throw invalid('Invalid attribute category');
  const name = (call.params.name ?? '').toUpperCase();
  if (!/^[A-Z0-9_-]+$/.test(name)) throw invalid('Invalid attribute name');
  if (call.account.attributes.has(name)) throw invalid('Attribute name must be unique');
  const { type, enumeration, multiCategoryOptions, value } = readBody(call, AttributeBody);
  const needsType = category === 'normal' || category === 'transactional';
  if (needsType && type === undefined) throw invalid('Attribute type is missing');
  call.account.attributes.set(name, {
    name,
    category,
    type: category === 'category' ? 'category' : type,
    enumeration,
    multiCategoryOptions,
    calculatedValue: value,
  });
  return new Answered(201);
}

function attributeOf(call: Call): Attribute {
  const found = call.account.attributes.get((call.params.name ?? '').toUpperCase());
  if (!found || found.category !== call.params.category) throw notFound('Attribute not found');
  return found;
}
