import i18next from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import { en } from '../../i18n/en.ts';
import { settingsSections } from './settings-sections.ts';

beforeAll(() => i18next.init({ lng: 'en', resources: { en: { translation: en } } }));

const idsOf = (shown: Parameters<typeof settingsSections>[1]) => settingsSections(i18next.t, shown).map(({ id }) => id);

test('U7: the contents of the settings name nothing that somebody is not shown', () => {
  const connection = { provider: 'mailchimp', state: 'active' } as const;
  expect(idsOf({ connection, mayAdminister: true, hasForm: false })).toEqual([
    'webhook',
    'keys',
    'disconnect',
    'tenant',
  ]);
  expect(idsOf({ connection, mayAdminister: false, hasForm: true }).slice(-2)).toEqual(['brake', 'webhook']);
  const leaving = { provider: 'brevo', state: 'leaving' } as const;
  expect(idsOf({ connection: leaving, mayAdminister: true, hasForm: true }).slice(-6)).toEqual([
    'unsubscribe',
    'polls',
    'brake',
    'webhook',
    'keys',
    'tenant',
  ]);
});
