import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { CRM_ORIGIN, createHttpWorld, type HttpWorld, openHttpDatabase } from '../support/http-world.ts';

let database: Database;
let world: HttpWorld;
let webRoot: string;

beforeAll(async () => {
  webRoot = mkdtempSync(join(tmpdir(), 'page-'));
  mkdirSync(join(webRoot, 'assets'));
  writeFileSync(join(webRoot, 'index.html'), '<meta content="__CSP_NONCE__"><script nonce="__CSP_NONCE__"></script>');
  writeFileSync(join(webRoot, 'assets', 'main-abc.js'), 'void 0;');
  writeFileSync(join(webRoot, 'favicon.svg'), '<svg/>');
  database = await openHttpDatabase();
  world = await createHttpWorld(database, { parts: { webRoot } });
});

afterAll(async () => {
  await world.close();
  await database.close();
  rmSync(webRoot, { recursive: true });
});

test('every address of the page gets it, each time with a nonce of its own that the policy allows', async () => {
  const nonces = new Set<string>();
  // An address in the address looks like a file's name.
  const person = '/connections/1/contacts/anna%40immo-test.de';
  for (const url of ['/', '/index.html', '/setup?token=x', '/connections/1/runs/2', person]) {
    const answer = await world.app.inject({ url, headers: { accept: 'text/html' } });
    expect([url, answer.statusCode]).toEqual([url, 200]);
    const nonce = /content="([^"]+)"/.exec(answer.body)?.[1] ?? '';
    expect(answer.body).not.toContain('__CSP_NONCE__');
    const policy = String(answer.headers['content-security-policy']);
    expect(policy).toContain(`script-src 'self' 'nonce-${nonce}'`);
    expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(answer.headers['cache-control']).toBe('no-store');
    nonces.add(nonce);
  }
  expect(nonces.size).toBe(5);
});

test('inside the CRM alone is the page shown in a frame, and there only at the addresses of the Marketplace', async () => {
  for (const url of [
    '/onoffice/app',
    '/onoffice/app/connections/1',
    '/onoffice/service?x=1',
    '/onoffice/activate?x=1',
  ]) {
    const answer = await world.app.inject({ url, headers: { accept: 'text/html' } });
    const policy = String(answer.headers['content-security-policy']);
    expect([url, policy.split('frame-ancestors ')[1]]).toEqual([url, CRM_ORIGIN]);
    expect(policy).not.toContain('unsafe');
    // What nobody signed shows the page that says so, and is no success.
    expect([url, answer.statusCode]).toEqual([url, url.includes('?') ? 401 : 200]);
  }
  for (const url of ['/onoffice', '/onoffice/other', '/onoffice/webhook']) {
    const answer = await world.app.inject({ url, headers: { accept: 'text/html' } });
    expect(String(answer.headers['content-security-policy'])).toContain("frame-ancestors 'none'");
    expect([401, 404]).toContain(answer.statusCode);
  }
});

test('assets are kept by browsers for good, other files are asked for anew', async () => {
  const asset = await world.app.inject('/assets/main-abc.js');
  expect([asset.statusCode, asset.headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
  expect((await world.app.inject('/favicon.svg')).headers['cache-control']).toBe('no-cache');
});

test.each([
  '/assets/gone.js',
  '/gone.png',
  '/api/gone',
  '/hooks/gone',
  '/../package.json',
  '/assets/..%2f..%2fpackage.json',
])('%s is not found, and is no page', async (url) => {
  const answer = await world.app.inject(url);
  expect([403, 404]).toContain(answer.statusCode);
  expect(answer.body).not.toContain('<meta');
  expect(answer.body).not.toContain('"name"');
});

test('every answer is hardened', async () => {
  for (const url of ['/', '/api/about', '/assets/main-abc.js', '/api/gone']) {
    const { headers } = await world.app.inject(url);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['strict-transport-security']).toContain('max-age=31536000');
    expect(headers['content-security-policy']).toContain('frame-ancestors');
    expect(headers['x-powered-by']).toBeUndefined();
  }
});
