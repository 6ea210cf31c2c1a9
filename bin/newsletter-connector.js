#!/usr/bin/env node
// Plain JavaScript that old versions of Node understand as well: whichever Node is found first runs it.
import { existsSync } from 'node:fs';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 7)) {
  console.error(`newsletter-connector needs Node 24.7 or newer; this is Node ${process.versions.node}.`);
  process.exit(1);
}
// The package holds the built program only, the repository its sources.
const source = new URL('../src/cli/main.ts', import.meta.url);
await import(existsSync(source) ? source.href : new URL('../dist/src/cli/main.js', import.meta.url).href);
