#!/usr/bin/env node
/** `rung` as an installed package: runs the command line, on Node 24 whatever Node this is. */
import { fileURLToPath } from 'node:url';
import { node24, noNode24, runToItsEnd } from './node-24.mjs';

const entry = new URL('../dist/main.js', import.meta.url);
const node = node24();

if (node === null) {
  console.error(noNode24);
  process.exitCode = 1;
} else if (Number(process.versions.node.split('.')[0]) >= 24) {
  await import(entry.href);
} else {
  process.exitCode = await runToItsEnd(node, [fileURLToPath(entry), ...process.argv.slice(2)]);
}
