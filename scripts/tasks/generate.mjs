import { ensureInstalled } from './install.mjs';
import { inRoot } from './places.mjs';
import { onNode24 } from './programs.mjs';

/** In this order: the client is made from the description that the one before it may have changed. */
const generators = [
  'generate-schema.ts',
  'generate-cli-reference.ts',
  'generate-failures.ts',
  'generate-permissions.ts',
  'generate-invariants.ts',
  'generate-limits.ts',
  'generate-client.ts',
];

/** Writes every generated file anew. */
export async function run() {
  // Apart from the rest: it needs an older TypeScript.
  await ensureInstalled(inRoot('tools', 'openapi-client'));
  for (const generator of generators) {
    const code = await onNode24([inRoot('scripts', generator)]);
    if (code !== 0) return code;
  }
  return 0;
}
