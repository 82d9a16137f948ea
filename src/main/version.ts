import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Rung's own version, from the package it is in. */
export function ownVersion(): string {
  const text = readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8');
  const { version } = JSON.parse(text) as { readonly version: string };
  return version;
}
