#!/usr/bin/env node
/** `rung`: runs the command line, on Node 24 whatever Node this is. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { node24, noNode24, runToItsEnd } from './node-24.mjs';

// In a checkout the sources are there and run as they are; the package ships what was built of them.
const source = new URL('../src/main.ts', import.meta.url);
const entry = existsSync(source) ? source : new URL('../dist/main.js', import.meta.url);
const node = node24();

if (node === null) {
  console.error(noNode24);
  process.exitCode = 1;
} else if (Number(process.versions.node.split('.')[0]) >= 24) {
  await import(entry.href);
} else {
  process.exitCode = await runToItsEnd(node, [fileURLToPath(entry), ...process.argv.slice(2)]);
}
