// Fails when anything but the consent gate could write consent (R2).
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { consentWriteOffences } from './consent-write-offences.ts';

const { offences, writes } = consentWriteOffences(dirname(dirname(fileURLToPath(import.meta.url))));
for (const { file, line, why } of offences) console.error(`${file}:${line} ${why} (R2)`);
if (offences.length > 0) process.exit(1);
console.log(`Consent is written by the consent gate alone (${writes} calls).`);
