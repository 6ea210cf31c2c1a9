import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOutsideSystems } from '../src/adapters/providers.ts';
import type { OnRequest } from '../src/core/outside-systems.ts';
import { openPglite } from '../src/db/database.ts';
import { migrate, readMigrations } from '../src/db/migrate.ts';
import { createSecretBox } from '../src/db/secret-box.ts';
import type { SyncResult, SyncRow } from './bench-row.ts';
import { type BenchSimulators, createBenchSimulators } from './bench-simulators.ts';
import { connectBench } from './connect-bench.ts';
import { measureBaseline } from './measure-baseline.ts';
import { type MeasuredParts, measureSync } from './measure-sync.ts';
import { createSkippingClock } from './skipping-clock.ts';

/** Between the two syncs, so that no time stamp of the first counts as one of the second. */
const PAUSE_MS = 600_000;

/** Measures one row in this process, which should do nothing else. @param onPhase told what is being done */
export async function measureSyncRow(row: SyncRow, onPhase: (what: string) => void): Promise<SyncResult> {
  onPhase('filling the simulators');
  const pumped: { simulators?: BenchSimulators } = {};
  const clock = createSkippingClock({
    startsAt: Date.parse('2026-03-01T08:00:00Z'),
    afterJump: async () => pumped.simulators?.pump(),
  });
  const simulators = createBenchSimulators(row, clock);
  pumped.simulators = simulators;
  const folder = mkdtempSync(join(tmpdir(), 'newsletter-connector-bench-'));
  const database = await openPglite(folder);
  try {
    await migrate(database, readMigrations(join(import.meta.dirname, '../migrations')));
    let setUpRequests = 0;
    let importBytes = 0;
    const observed: { onRequest: OnRequest } = {
      onRequest: () => {
        setUpRequests += 1;
      },
    };
    const systems = createOutsideSystems({
      fetch: (url, init) => {
        if (url.endsWith('/contacts/import')) importBytes += Buffer.byteLength(init.body ?? '');
        return simulators.fetch(url, init);
      },
      clock,
      sleep: clock.wait,
      random: () => 0.5,
      urls: {
        onoffice: 'http://onoffice.test/api/stable/api.php',
        mailchimp: 'http://mailchimp.test/3.0',
        brevo: 'http://brevo.test/v3',
      },
      ...(row.mode === 'free' ? { onOfficeLimits: { requestsPerSecond: 1_000_000 } } : {}),
      language: 'de',
      onRequest: (seen) => observed.onRequest(seen),
    });
    const box = createSecretBox(Buffer.alloc(32, 7));
    const { provider } = row;
    const { apiKey } = simulators;
    const connection = await connectBench({ database, systems, box, provider, apiKey, now: clock.now() });
    const scope = { tenantId: connection.tenantId, connectionId: connection.id };
    const parts: Omit<MeasuredParts, 'onPhase'> = { database, box, systems, clock, simulators, scope, observed };
    const before = simulators.members();
    clock.skip(PAUSE_MS);
    const beforeSync = process.memoryUsage.rss();
    const first = await measureSync({ ...parts, onPhase: (phase) => onPhase(`first sync: ${phase}`) });
    const after = simulators.members();
    clock.skip(PAUSE_MS);
    const second = await measureSync({ ...parts, onPhase: (phase) => onPhase(`second sync: ${phase}`) });
    const peak = process.resourceUsage().maxRSS * 1024;
    onPhase('baseline');
    return {
      row,
      sizes: {
        withAddress: simulators.withAddress,
        membersBefore: before.present,
        archivedBefore: before.archived,
        added: after.present - before.present,
        membersAfter: after.present,
        importBytes,
      },
      setUpRequests,
      first,
      second,
      memoryBytes: { beforeSync, peak },
      baseline: await measureBaseline(row),
    };
  } finally {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
