import { VisuallyHidden } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Run } from '../api-types.ts';
import { useFormat } from '../format.ts';
import { isFinished } from '../live.ts';
import { runPercent } from './run-percent.ts';

/** Tells a screen reader how a run goes on, and its end. It stays on the page, for a region that comes with its words is not read. */
export function RunAnnouncer({ run }: { run: Run | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [watched, setWatched] = useState<string>();
  useEffect(() => {
    if (run && !isFinished(run)) setWatched(run.id);
  }, [run]);

  const said = () => {
    if (!run) return '';
    if (run.state === 'succeeded' || run.state === 'failed' || run.state === 'cancelled') {
      return run.id === watched ? t(`run.${run.state}`) : '';
    }
    const percent = runPercent(run);
    // in steps of a tenth, so that it does not talk all the time
    const part = percent === null ? '' : format.percent(Math.floor(percent / 10) / 10);
    return `${t(`phases.${run.phase}`)} ${part}`;
  };
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {said()}
    </VisuallyHidden>
  );
}
