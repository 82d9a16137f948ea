/**
 * Makes JavaScript of our programs: `node scripts/bundle.mjs FOLDER [--packages-apart]`, on Node 24. A few files instead
 * of hundreds, and in the folder they lie as they do in src: main.js, gateway/main.js, and what they load beside main/.
 */
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { rolldown } from 'rolldown';
import { inRoot, root } from './tasks/places.mjs';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    'packages-apart': { type: 'boolean', default: false },
  },
});
const [folder] = positionals;
if (folder === undefined) throw new Error('usage: bundle.mjs FOLDER [--packages-apart]');

/** @param {string} id as it is imported */
const isPackage = (id) => !id.startsWith('.') && !id.startsWith('/') && !id.startsWith('node:');

await using bundle = await rolldown({
  cwd: root,
  input: { main: inRoot('src', 'main.ts'), 'gateway/main': inRoot('src', 'gateway', 'main.ts') },
  platform: 'node',
  logLevel: 'warn',
  tsconfig: false,
  ...(values['packages-apart'] ? { external: isPackage } : {}),
});
rmSync(folder, { recursive: true, force: true });
await bundle.write({
  dir: folder,
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: 'main/[name].js',
  sourcemap: true,
  // A trace needs the place in a source and not the source, which would be read each time a program starts.
  sourcemapExcludeSources: true,
});
