/** How a test reaches the browser. */
export type ChromiumLaunch = {
  executablePath: string;
  /** Variables that the browser needs in its environment, besides the usual ones. */
  env: Record<string, string>;
};

declare module 'vitest' {
  /** What the global set-ups hand to the tests: `inject('postgresUrl')` and so on. */
  interface ProvidedContext {
    /** An empty database of the PostgreSQL server that runs for the tests, as its superuser. */
    postgresUrl: string;
    chromium: ChromiumLaunch;
  }
}
