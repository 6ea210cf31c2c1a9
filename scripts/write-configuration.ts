// Writes docs/configuration.md from the settings in src/config.ts: `node scripts/write-configuration.ts`.
import { writeFileSync } from 'node:fs';
import { SETTINGS } from '../src/config.ts';

const PAGE = new URL('../docs/configuration.md', import.meta.url);

/** The page of all settings, as Markdown; the same settings give the same text. */
export function configurationPage(): string {
  const rows = Object.entries(SETTINGS).map(([name, { doc, schema }]) => {
    const byDefault = schema.safeParse(undefined).data;
    return `| \`${name}\` | ${byDefault === undefined ? '–' : `\`${byDefault}\``} | ${doc.replaceAll('|', '\\|')} |`;
  });
  return `${[
    '# Configuration',
    '',
    'Generated from `src/config.ts` by `scripts/write-configuration.ts`; change it there.',
    '',
    'The server is configured by its environment, read once at its start. An empty value counts as not set. A value that does',
    'not fit stops the start; all of them are named at once. What belongs to a connection (keys, fields, activities) is set on',
    'the page.',
    '',
    '| setting | default | meaning |',
    '| --- | --- | --- |',
    ...rows,
    '',
    'The command `connect` also reads `ONOFFICE_TOKEN`, `ONOFFICE_SECRET` and `MAILCHIMP_API_KEY`, so that keys stay out of the',
    'history of the shell.',
  ].join('\n')}\n`;
}

if (import.meta.main) writeFileSync(PAGE, configurationPage());
