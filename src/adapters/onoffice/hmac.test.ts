import { expect, test } from 'vitest';
import { type ActionVerb, signAction } from './hmac.ts';

const TOKEN = '0123456789abcdef0123456789abcdef';
const SECRET = 's'.repeat(32) + 't'.repeat(32);

const VECTORS: readonly (readonly [number, string, string, string, ActionVerb, string])[] = [
  // The first two are asserted by the official PHP client's own tests; the third has the inputs of the documentation.
  [
    123456789,
    'mgjIQkNRnaqggVzy9cZW',
    'yOJobbhGLXdp90XxvxedFhH7073L9U',
    'estateCategories',
    'get',
    'dsvg3r4AFcQXges0MZ+3auzQVfnEB39pLkKSgmm9Wvg=',
  ],
  [1646228220, 'testtoken', 'testsecret', 'calendar', 'read', 'w6ifKMmAdJoKhu0vl2twvfP+ltyOTQ7LqLpvsZkOnlg='],
  [123456789, 'dX5hkIIU6W', 'dhY8h7FeU9', 'estateCategories', 'get', 'F9OXyaJv7p+bLkwGDGV7ZUmfYgjH2E24zpsxY5/nVDk='],
  [1700000000, TOKEN, SECRET, 'address', 'read', 'UW3ueUIlk30HCKfZ7E5P1cYJsnT6750PsGzygwT+JhQ='],
  [1700000000, TOKEN, SECRET, 'address', 'create', 'Iyemq7GSLhzZJx4JCK6DigN4UR/kzWgpU8mJVAVJybs='],
  [1700000000, TOKEN, SECRET, 'address', 'modify', 'vzTSaspzed8Z2+Qlc+NpzX4mC5UUZRY9mqAur784ZO4='],
  [1700000000, TOKEN, SECRET, 'agentslog', 'create', 'Kj0VDjrrBXqIgVGLCZc1w3PcbTe9YeIkW+O5doQRg0M='],
  [1700000000, TOKEN, SECRET, 'fields', 'get', 'za9Wh63Gen2xOPvWNe4mfOfNZFdbrrRCTR68wGCC2XY='],
  [1700000000, TOKEN, SECRET, 'log', 'read', 'OLGeweS6+v3FLE7oz89cbPdpPAqp27eAKbyY7tJu8kI='],
  [1700000000, TOKEN, SECRET, 'unlockProvider', 'do', 'FMVgSc0AUoMngAMx5NcP73+7hl17OI8o2WlUb6g0iuk='],
];

test.each(VECTORS)(
  'an action is signed as onOffice signs it (%i, %s)',
  (timestamp, token, secret, type, verb, hmac) => {
    expect(signAction({ timestamp, token, secret, resourceType: type, verb })).toBe(hmac);
  },
);
