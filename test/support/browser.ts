import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { inject } from 'vitest';
import './provided-context.ts';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--font-render-hinting=none',
  '--hide-scrollbars',
  // Names lead nowhere: a test page reaches this machine and nothing else.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

/** Starts a browser for a test file (about 0.2 s). For tests of the project `e2e`; close it in `afterAll`. */
export function launchBrowser(): Promise<Browser> {
  const { executablePath, env } = inject('chromium');
  return chromium.launch({ executablePath, args: FLAGS, env: { ...process.env, ...env } });
}

/**
 * Opens a browsing session without cookies that looks the same on every machine: German time, English texts, no
 * animations. Take pictures with `screenshot({ animations: 'disabled' })`.
 *
 * @param options override what is set here
 */
export function newSession(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  return browser.newContext({
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    ...options,
  });
}

/** What goes wrong on a page and in its frames from now on: errors of its scripts and breaches of its content security policy. */
export function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) complaints.push(message.text());
  });
  return complaints;
}
