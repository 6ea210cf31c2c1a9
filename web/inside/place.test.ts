import { expect, test } from 'vitest';
import { MARKETPLACE_PATHS, PAGE_INSIDE as SERVED } from '../../src/http/marketplace-paths.ts';
import { PAGE_INSIDE, placeOf } from './place.ts';

test('the page knows the addresses under which the server lets it be framed', () => {
  expect(PAGE_INSIDE).toBe(SERVED);
  expect(placeOf(MARKETPLACE_PATHS.activation)).toBe('activation');
  expect(placeOf(MARKETPLACE_PATHS.service)).toBe('service');
  expect(placeOf(SERVED)).toBe('inside');
  expect(placeOf(`${SERVED}/connections/1`)).toBe('inside');
});

test.each(['/', '/connections/1', '/onoffice', '/onoffice/application', '/onoffice/service/x'])(
  '%s is opened in a browser',
  (path) => {
    expect(placeOf(path)).toBe('browser');
  },
);
