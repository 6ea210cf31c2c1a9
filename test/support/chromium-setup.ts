import type { TestProject } from 'vitest/node';
import { unpackChromium } from './unpacked-chromium.ts';

/** Unpacks the browser before any browser test starts and hands them the way to launch it. */
export default async function setup(project: TestProject): Promise<void> {
  project.provide('chromium', await unpackChromium());
}
