import type { OutsideSystem } from '../../core/errors.ts';
import type { HealthRow } from '../../db/health.ts';
import type { StoredNotice } from '../../db/sync-runs.ts';
import { STATUS_PAGES } from './status-pages.ts';

/** How one part was when it was last met (U2); `statusPage` where it does not work (M7). */
export type HealthView = {
  state: HealthRow['state'];
  notice: StoredNotice | null;
  /** everything that was found, gravest first (F3) */
  findings: StoredNotice[];
  checkedAt: string | null;
  statusPage: string | null;
};

/** @param system whose status page helps; undefined where the fault is not the vendor's */
export function healthView(row: HealthRow | undefined, system: OutsideSystem | undefined): HealthView {
  if (!row) return { state: 'unknown', notice: null, findings: [], checkedAt: null, statusPage: null };
  const isTroubled = row.state === 'waiting' || row.state === 'failing';
  return {
    state: row.state,
    notice: row.notice,
    findings: [...row.findings],
    checkedAt: row.checkedAt,
    statusPage: isTroubled && system ? STATUS_PAGES[system] : null,
  };
}
