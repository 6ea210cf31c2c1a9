import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, newSession } from '../support/browser.ts';

let browser: Browser;
const server = createServer((_request, response) => {
  response.setHeader('content-type', 'text/html; charset=utf-8').end('<title>Grüße</title><h1>Grüße aus Köln</h1>');
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await new Promise((resolve) => server.close(resolve));
});

const pageUrl = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

test('the browser shows a page of this machine and draws the same picture of it each time', async () => {
  const pictures: Buffer[] = [];
  for (let round = 0; round < 2; round += 1) {
    const session = await newSession(browser);
    const page = await session.newPage();
    await page.goto(pageUrl());
    expect(await page.title()).toBe('Grüße');
    pictures.push(await page.screenshot({ animations: 'disabled' }));
    await session.close();
  }
  expect(pictures[0]!.equals(pictures[1]!)).toBe(true);
  expect(pictures[0]!.length).toBeGreaterThan(5_000);
});

test('the browser reaches no other machine', async () => {
  const session = await newSession(browser);
  const page = await session.newPage();
  await expect(page.goto('http://example.com/')).rejects.toThrow('ERR_NAME_NOT_RESOLVED');
  await session.close();
});
