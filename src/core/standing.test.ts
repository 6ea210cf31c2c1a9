import { describe, expect, test } from 'vitest';
import { isElsewhere, judgeStanding, type StoredStanding, type Surroundings } from './standing.ts';

const NOW = Date.parse('2026-03-02T08:00:00Z');
const HOUR = 3_600_000;

const stored: StoredStanding = { installationId: 'a', place: 'file 1 2', lastAliveAt: NOW - HOUR, isRestored: false };
const here: Surroundings = { installationId: 'a', place: 'file 1 2', folderAliveAt: NOW - HOUR, now: NOW };
const fine = { wentBack: undefined, twin: undefined };

describe('F9: what a start finds', () => {
  test.each<[string, Partial<StoredStanding>, Partial<Surroundings>, object]>([
    ['nothing unusual', {}, {}, fine],
    ['a folder that says nothing', {}, { folderAliveAt: undefined }, fine],
    ['a pause of a day', { lastAliveAt: NOW - 24 * HOUR }, { folderAliveAt: undefined }, fine],
    ['a longer pause', { lastAliveAt: NOW - 24 * HOUR - 1 }, {}, { wentBack: 'long_pause' }],
    ['a clock that was set back', { lastAliveAt: NOW + 48 * HOUR }, {}, fine],
    ['a restore', { isRestored: true }, {}, { wentBack: 'restore' }],
    ['a database that is older than its folder', {}, { folderAliveAt: NOW - HOUR / 2 }, { wentBack: 'older_database' }],
    ['a folder that was told a moment later', {}, { folderAliveAt: NOW - HOUR + 100_000 }, fine],
    ['the database of another installation', { installationId: 'b' }, {}, { twin: 'other_installation' }],
    ['a database that lies elsewhere', { place: 'file 8 9' }, {}, { twin: 'copied' }],
    [
      'an old copy of another installation',
      { installationId: 'b', place: 'file 8 9', lastAliveAt: NOW - 48 * HOUR },
      {},
      { wentBack: 'long_pause', twin: 'other_installation' },
    ],
    ['a restored database, whose place nobody knows', { place: '', isRestored: true }, {}, { wentBack: 'restore' }],
  ])('%s', (_, before, around, expected) => {
    expect(judgeStanding({ ...stored, ...before }, { ...here, ...around })).toEqual({ ...fine, ...expected });
  });
});

test.each([
  ['the same file', 'file 1 2', 'file 1 2', false],
  ['a copied file', 'file 1 2', 'file 3 4', true],
  ['a file system that gives new numbers', 'file 1 2', 'file 3 2', false],
  ['a file system that knows no births', 'file 1 0', 'file 3 0', false],
  ['the same database', 'database 1 2', 'database 1 2', false],
  ['a copy beside it', 'database 1 2', 'database 1 3', true],
  ['a copy in another cluster', 'database 1 2', 'database 4 2', true],
  ['from the embedded database to PostgreSQL', 'file 1 2', 'database 1 2', true],
  ['before not known', '', 'file 1 2', false],
  ['now not known', 'file 1 2', '', false],
])('F9: a copy of the data is told by its place: %s', (_, before, now, expected) => {
  expect(isElsewhere(before, now)).toBe(expected);
});
