import { createRequire } from 'node:module';
import type { Pool as PoolType } from 'undici';

/**
 * undici's pool alone. The whole package brings a browser's fetch along, and reading that in takes longer than all the
 * rest of this program; a gateway that starts again has clients waiting.
 */
export const Pool = createRequire(import.meta.url)('undici/lib/dispatcher/pool.js') as typeof PoolType;
export type Pool = PoolType;
