import pg from 'pg';

/** Says that this process uses a database, for as long as it is held. */
export type ProcessLock = { release(): Promise<void> };

// Any constant will do; it is not the migrations' one, which is held for moments only.
const PROCESS_LOCK = 7_205_192;

/** Wait before a lost session is opened again, in ms. */
const AGAIN_MS = 1_000;

/**
 * Takes part in the lock of a PostgreSQL database: any number of servers share it, a restore has it alone. It lives with a
 * session of its own, so the system frees it when the process dies. A session that breaks is opened again.
 *
 * @returns undefined when somebody holds it in a way that leaves no room
 */
export async function lockDatabase(url: string, mode: 'shared' | 'alone'): Promise<ProcessLock | undefined> {
  let isReleased = false;
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;

  const open = async (): Promise<boolean> => {
    const opened = new pg.Client({ connectionString: url, application_name: 'newsletter-connector' });
    // A break is told by "end"; without a listener for "error" it would end the process.
    opened.on('error', () => {});
    await opened.connect();
    const call = mode === 'shared' ? 'pg_try_advisory_lock_shared' : 'pg_try_advisory_lock';
    const { rows } = await opened.query<{ taken: boolean }>(`select ${call}(${PROCESS_LOCK}) as taken`);
    if (!rows[0]?.taken) {
      await opened.end();
      return false;
    }
    client = opened;
    opened.on('end', again);
    return true;
  };
  const again = () => {
    client = undefined;
    if (isReleased) return;
    timer = setTimeout(() => {
      open().then((isTaken) => isTaken || again(), again);
    }, AGAIN_MS);
    timer.unref();
  };

  if (!(await open())) return undefined;
  return {
    async release() {
      isReleased = true;
      clearTimeout(timer);
      await client?.end();
    },
  };
}
