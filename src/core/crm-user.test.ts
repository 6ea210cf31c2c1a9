import { describe, expect, test } from 'vitest';
import { type CrmUserBefore, type CrmUserFacts, type CrmUserRole, roleOfCrmUser, seesEverything } from './crm-user.ts';

const UNKNOWN: CrmUserFacts = { name: '', isAdministrator: undefined, mayModify: undefined, contactCount: undefined };
const NEW: CrmUserBefore = { hasActivated: false, role: undefined };

describe('the role of a user of the CRM follows from his rights there', () => {
  test.each<[string, Partial<CrmUserFacts> | undefined, Partial<CrmUserBefore>, CrmUserRole]>([
    ['an administrator', { isAdministrator: true }, {}, 'administrator'],
    ['who may change contacts', { isAdministrator: false, mayModify: true }, {}, 'editor'],
    ['who may only read', { isAdministrator: false, mayModify: false }, {}, 'reader'],
    ['of whom nothing is told', {}, {}, 'reader'],
    ['who activated us, and the CRM does not tell', {}, { hasActivated: true }, 'administrator'],
    ['who activated us, and is administrator no more', { isAdministrator: false }, { hasActivated: true }, 'reader'],
    ['who was administrator, and the CRM cannot be asked', undefined, { role: 'administrator' }, 'administrator'],
    ['who was editor, and the CRM cannot be asked', undefined, { role: 'editor' }, 'editor'],
    [
      'who was administrator, and is none any more',
      { isAdministrator: false, mayModify: true },
      { role: 'administrator' },
      'editor',
    ],
    ['a stranger, and the CRM cannot be asked', undefined, {}, 'reader'],
  ])('%s', (_, facts, before, role) => {
    expect(roleOfCrmUser(facts && { ...UNKNOWN, ...facts }, { ...NEW, ...before })).toBe(role);
  });
});

describe('background work is done with the rights of somebody only if he sees every contact we hold (M18, F4)', () => {
  test.each<[string, number | undefined, CrmUserRole, boolean]>([
    ['an administrator', undefined, 'administrator', true],
    ['who sees all', 400, 'editor', true],
    ['who sees one less', 399, 'editor', false],
    ['of whom it is not known', undefined, 'editor', false],
    ['a reader who sees more', 401, 'reader', true],
  ])('%s', (_, contactCount, role, expected) => {
    expect(seesEverything({ ...UNKNOWN, contactCount }, role, 400)).toBe(expected);
  });
});
