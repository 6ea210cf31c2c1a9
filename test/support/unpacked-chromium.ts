import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { ChromiumLaunch } from './provided-context.ts';

/** The archives of the package: the browser, its software renderer, the libraries it needs, Open Sans. */
const ARCHIVES = ['chromium.br', 'swiftshader.tar.br', 'al2023.tar.br', 'fonts.tar.br'];

/**
 * Unpacks the Chromium of the package @sparticuz/chromium once per version into the system's temporary folder (about 2 s
 * and 210 MB) and returns how to launch it. Several runs at once are safe: each unpacks into a folder of its own, the
 * first to finish gives it the final name. The package's own `executablePath()` takes any older Chromium it finds.
 *
 * @throws Error where the package has no browser for this machine and CHROMIUM_PATH names none
 */
export async function unpackChromium(): Promise<ChromiumLaunch> {
  const own = process.env.CHROMIUM_PATH;
  if (own) return { executablePath: own, env: {} };
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `The browser tests bring a Chromium for Linux on x64, this is ${process.platform} on ${process.arch}. ` +
        'Set CHROMIUM_PATH to the binary of a Chrome or Chromium, or leave the project "e2e" out.',
    );
  }
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const source = join(dirname(dirname(entry)), 'bin');
  const { version } = JSON.parse(readFileSync(join(dirname(source), 'package.json'), 'utf8')) as { version: string };
  const folder = join(tmpdir(), `newsletter-connector-chromium-${version}-${userInfo().username}`);
  if (!existsSync(folder)) await unpackInto(folder, source);
  return {
    executablePath: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'), FONTCONFIG_FILE: join(folder, 'fonts.conf') },
  };
}

async function unpackInto(folder: string, source: string): Promise<void> {
  const staging = `${folder}-${process.pid}`;
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging);
  try {
    // The package unpacks into the temporary folder of its process, hence a process of its own.
    const program = `import { inflate } from '@sparticuz/chromium';
      await Promise.all(${JSON.stringify(ARCHIVES.map((archive) => join(source, archive)))}.map((file) => inflate(file)));`;
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
      cwd: dirname(fileURLToPath(import.meta.url)),
      env: { ...process.env, TMPDIR: staging },
    });
    await writeFile(join(staging, 'fonts.conf'), fontsConf(folder));
    await rename(staging, folder);
  } catch (cause) {
    await rm(staging, { recursive: true, force: true });
    if (existsSync(folder)) return;
    throw new Error(`Chromium could not be unpacked into ${folder}`, { cause });
  }
}

/** Only the fonts that come with the browser, so that pictures look the same on every machine. */
function fontsConf(folder: string): string {
  const alias = (family: string) =>
    `<alias binding="same"><family>${family}</family><prefer><family>Open Sans</family></prefer></alias>`;
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts')}</dir>
  <cachedir>${join(folder, 'fonts-cache')}</cachedir>
  ${['sans-serif', 'serif', 'monospace', 'system-ui'].map(alias).join('\n  ')}
</fontconfig>
`;
}
