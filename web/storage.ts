/** What the browser keeps for this page; a frame of another site may be forbidden to keep anything, and then nothing is. */
export type KeptText = { read(): string | null; keep(text: string): void; forget(): void };

/** @param kind `session`: as long as the window or frame is open; `local`: for good */
export function keptText(kind: 'session' | 'local', name: string): KeptText {
  const store = () => (kind === 'session' ? sessionStorage : localStorage);
  const attempt = <T>(work: () => T): T | null => {
    try {
      return work();
    } catch {
      return null;
    }
  };
  return {
    read: () => attempt(() => store().getItem(name)),
    keep: (text) => void attempt(() => store().setItem(name, text)),
    forget: () => void attempt(() => store().removeItem(name)),
  };
}
