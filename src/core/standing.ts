/** Why the stored data went back in time (F9). */
export const GOING_BACK_CAUSES = [
  /** the command put a backup back */
  'restore',
  /** the database was last alive more than a day ago: it may be a copy of that time, and much may have happened */
  'long_pause',
  /** the data folder was alive after the database: somebody put an older database in its place */
  'older_database',
  /** a person took the audience over with this copy */
  'taken_over',
] as const;
export type GoingBackCause = (typeof GOING_BACK_CAUSES)[number];

/** Why somebody else may be working on the audience (F9). */
export const TWIN_CAUSES = [
  /** the database belongs to another installation */
  'other_installation',
  /** the database lies elsewhere than when it was last alive: it was copied or moved */
  'copied',
  /** the audience carries a hook of another installation, or of onOffice's own connector */
  'foreign_hook',
  /** our hook carries a mark that this database never wrote: another copy of us is working, or was */
  'unknown_mark',
] as const;
export type TwinCause = (typeof TWIN_CAUSES)[number];

/** What the database says of the installation that was last alive on it. Instants in ms. */
export type StoredStanding = {
  installationId: string;
  /** see `isElsewhere` */
  place: string;
  lastAliveAt: number;
  isRestored: boolean;
};

/** What this process finds around the database. `folderAliveAt`: when the data folder was last alive, if it says so. */
export type Surroundings = { installationId: string; place: string; folderAliveAt: number | undefined; now: number };

/** A pause from which nobody knows what happened meanwhile, in ms. */
const LONG_PAUSE_MS = 24 * 3_600_000;

/** The database is told before the folder; what differs by more than this was not written together, in ms. */
const TOGETHER_MS = 120_000;

/** How often the hooks of an audience are looked at for twins, besides at each start, in ms. */
export const HOOKS_CHECK_MS = 6 * 3_600_000;

/** Tells at a start whether the data went back, and whether they may be a twin's (F9). */
export function judgeStanding(
  stored: StoredStanding,
  here: Surroundings,
): { wentBack: GoingBackCause | undefined; twin: TwinCause | undefined } {
  return { wentBack: judgeAge(stored, here), twin: judgeIdentity(stored, here) };
}

function judgeAge(stored: StoredStanding, here: Surroundings): GoingBackCause | undefined {
  if (stored.isRestored) return 'restore';
  if (here.now - stored.lastAliveAt > LONG_PAUSE_MS) return 'long_pause';
  const aliveAfterMs = (here.folderAliveAt ?? stored.lastAliveAt) - stored.lastAliveAt;
  return aliveAfterMs > TOGETHER_MS ? 'older_database' : undefined;
}

function judgeIdentity(stored: StoredStanding, here: Surroundings): TwinCause | undefined {
  if (stored.installationId !== here.installationId) return 'other_installation';
  return isElsewhere(stored.place, here.place) ? 'copied' : undefined;
}

/**
 * Whether a database lies elsewhere than before. A place is `database <cluster> <number>`, of which each part changes with a
 * copy; or `file <number> <time of birth>`, of which both do: some file systems give new numbers, others know no births.
 * '' is not known.
 */
export function isElsewhere(before: string, now: string): boolean {
  if (before === '' || now === '') return false;
  const [kind, ...partsBefore] = before.split(' ');
  const [kindNow, ...partsNow] = now.split(' ');
  const differs = partsBefore.map((part, index) => part !== partsNow[index]);
  if (kind !== kindNow) return true;
  return kind === 'file' ? differs.every(Boolean) : differs.some(Boolean);
}
