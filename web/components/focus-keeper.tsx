import { type ReactNode, useEffect, useRef } from 'react';

type FocusKeeperProps = {
  /** another word whenever something else is shown */
  shown: string;
  children: ReactNode;
};

/** Takes the focus where what had it is gone with what is shown: whoever uses the keyboard goes on from here. */
export function FocusKeeper({ shown, children }: FocusKeeperProps) {
  const place = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is shown takes the focus along
  useEffect(() => {
    const hasFocus = document.activeElement !== null && document.activeElement !== document.body;
    if (!hasFocus) place.current?.focus({ preventScroll: true });
  }, [shown]);
  return (
    <div ref={place} tabIndex={-1} style={{ outline: 'none' }}>
      {children}
    </div>
  );
}
