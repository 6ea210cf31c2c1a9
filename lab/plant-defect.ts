import { registerHooks } from 'node:module';
import { DEFECTS } from './defects.ts';

/**
 * Puts a defect into the product as a process of the lab loads it: for `node --import`, with `--defect NAME` among the words of
 * the process. The files stay as they are.
 */
const name = process.argv[process.argv.indexOf('--defect') + 1];
const defect = DEFECTS.find((one) => one.name === name);
if (!defect) throw new Error(`No defect is called ${name}`);

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.endsWith(`/${defect.file}`)) return loaded;
    const parts = String(loaded.source).split(defect.find);
    if (parts.length !== 2) throw new Error(`${defect.file} does not hold once what ${defect.name} replaces`);
    return { ...loaded, source: parts.join(defect.replace) };
  },
});
