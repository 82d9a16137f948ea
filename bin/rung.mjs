#!/usr/bin/env node
/** `rung`: runs the command line, on Node 24 whatever Node this is. */
import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { node24, noNode24, runToItsEnd } from './node-24.mjs';

const node = node24();

if (node === null) {
  console.error(noNode24);
  process.exitCode = 1;
} else {
  const entry = await entryFile();
  if (Number(process.versions.node.split('.')[0]) >= 24) await import(pathToFileURL(entry).href);
  else process.exitCode = await runToItsEnd(node, [entry, ...process.argv.slice(2)]);
}

/** The package ships what was built of the sources; in a checkout they are there, and are built as they change. */
async function entryFile() {
  const isCheckout = existsSync(new URL('../src/main.ts', import.meta.url));
  if (!isCheckout) return fileURLToPath(new URL('../dist/main.js', import.meta.url));
  const { ownPrograms } = await import('../scripts/tasks/own-programs.mjs');
  return ownPrograms();
}
