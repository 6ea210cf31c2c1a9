import { readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second for programs (`USER_HZ`). */
const MS_PER_TICK = 10;

/** Time that a process has spent on processors so far, in ms: what else runs on the machine is not in it. Linux only. */
export function processorMs(pid: number): number | null {
  if (process.platform !== 'linux') return null;
  // Fields 14 and 15, counted behind the program's name, which may hold spaces (man 5 proc_pid_stat).
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
}
