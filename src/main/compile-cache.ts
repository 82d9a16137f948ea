import { mkdirSync } from 'node:fs';
import { enableCompileCache, flushCompileCache } from 'node:module';
import { join } from 'node:path';

/**
 * Keeps what Node compiled in a folder of the program's own, so that a restart is quicker. Never a folder that others
 * may write into: what lies there is run.
 */
export function keepCompiled(folder: string): { readonly write: () => void } {
  const kept = join(folder, 'compiled');
  try {
    mkdirSync(kept, { recursive: true, mode: 0o700 });
    enableCompileCache(kept);
  } catch {
    // Slower, and nothing else.
  }
  return { write: () => flushCompileCache() };
}
