import { expect, test } from 'vitest';
import { ACTION_PREFIX } from './envelope.ts';
import { actionHmac, canonicalQuery, messageSignature, sameSignature, signedUrl, urlSignature } from './hmac.ts';
import { DEFAULT_SECRET, DEFAULT_TOKEN } from './index.ts';

const OURS = { timestamp: 1_700_000_000, token: DEFAULT_TOKEN, secret: DEFAULT_SECRET };

test.each([
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
  [OURS.timestamp, OURS.token, OURS.secret, 'address', 'read', 'UW3ueUIlk30HCKfZ7E5P1cYJsnT6750PsGzygwT+JhQ='],
  [OURS.timestamp, OURS.token, OURS.secret, 'address', 'create', 'Iyemq7GSLhzZJx4JCK6DigN4UR/kzWgpU8mJVAVJybs='],
  [OURS.timestamp, OURS.token, OURS.secret, 'address', 'modify', 'vzTSaspzed8Z2+Qlc+NpzX4mC5UUZRY9mqAur784ZO4='],
  [OURS.timestamp, OURS.token, OURS.secret, 'agentslog', 'create', 'Kj0VDjrrBXqIgVGLCZc1w3PcbTe9YeIkW+O5doQRg0M='],
  [OURS.timestamp, OURS.token, OURS.secret, 'fields', 'get', 'za9Wh63Gen2xOPvWNe4mfOfNZFdbrrRCTR68wGCC2XY='],
  [OURS.timestamp, OURS.token, OURS.secret, 'log', 'read', 'OLGeweS6+v3FLE7oz89cbPdpPAqp27eAKbyY7tJu8kI='],
  [OURS.timestamp, OURS.token, OURS.secret, 'unlockProvider', 'do', 'FMVgSc0AUoMngAMx5NcP73+7hl17OI8o2WlUb6g0iuk='],
])('signs %i %s %s %s %s as the vector says', (timestamp, token, secret, resourceType, verb, expected) => {
  expect(actionHmac({ timestamp, token, resourceType, actionId: `${ACTION_PREFIX}${verb}` }, secret)).toBe(expected);
});

const WEB_ID = 'a1b2c3d4-0000-4000-8000-000000000001';
const CACHE_ID = '6802c44a-7ac0-4210-a3d4-e5581e3fa0b6';

test.each([
  [
    'https://connector.example/onoffice/activate',
    {
      userId: '17',
      apiClaim: 'ab+c/d==_-x',
      apiToken: DEFAULT_TOKEN,
      customerName: 'muster gmbh',
      customerWebId: WEB_ID,
      parameterCacheId: CACHE_ID,
      timestamp: '1750000000',
    },
    'ec8a3ad7e1420f545a821ee4357bbde2c3e0996f399ed9508ef36cfdda4a1933',
  ],
  [
    'https://connector.example/onoffice/webhook/address',
    {
      addressId: '10505',
      apiClaim: 'claim-2',
      customerName: 'Müller & Söhne',
      customerWebId: WEB_ID,
      groupId: '225',
      parameterCacheId: CACHE_ID,
      timestamp: '1750000100',
      userId: '17',
    },
    '1a94ed58d7b253d4962bf18e5ae015261e7d364c198bf69ba1b8a38211837701',
  ],
  [
    'https://connector.example:8443/s',
    {
      addressId: '10505',
      UserLanguage: 'ENG',
      apiClaim: 'a*b~c d',
      customerName: 'muster',
      customerWebId: 'cw-1',
      timestamp: '1750000200',
      userId: '17',
    },
    '3fb02996255fb0d9f212ef922fdd8504ccbb73e0263aa78b246d0591783d22d5',
  ],
])('signs the URL %s as the vector says, whatever its port', (url, parameters, expected) => {
  expect(urlSignature(url, parameters, 'provider-secret-1')).toBe(expected);
  expect(new URL(signedUrl(url, parameters, 'provider-secret-1')).searchParams.get('signature')).toBe(expected);
});

test('writes a query as PHP does: capitals first, plus for a space, star and tilde encoded', () => {
  expect(canonicalQuery({ b: 'a*b~c d', A: 'ü' })).toBe('A=%C3%BC&b=a%2Ab%7Ec+d');
});

test('signs messages of an iframe as the vector says', () => {
  const content = {
    timestamp: '1750000300',
    onOfficeType: 'onOffice.service.refreshParent',
    parametercacheid: CACHE_ID,
  };
  expect(messageSignature(content, 'provider-secret-1')).toBe(
    '858171a07756e03c388b3dae074004327d10ec5784591a5a00e24e22ba3e9bbf',
  );
});

test('a signature of another length is another signature', () => {
  expect(sameSignature('abc', 'abcd')).toBe(false);
  expect(sameSignature('abcd', 'abcd')).toBe(true);
});
