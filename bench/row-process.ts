import type { BenchResult, BenchRow } from './bench-row.ts';
import { measureRow } from './measure-row.ts';

/** What a row's process tells the one that started it. */
export type RowMessage = { phase: string } | { result: BenchResult };

const tell = (message: RowMessage) => process.send?.(message);

process.once('message', async (row: BenchRow) => {
  tell({ result: await measureRow(row, (phase) => tell({ phase })) });
  process.disconnect();
});
