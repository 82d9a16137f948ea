import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Needs Chromium; built page first: `npm run build:web`. */
export default defineConfig({
  root: join(import.meta.dirname, '../..'),
  test: {
    include: ['test/browser/**/*.test.ts'],
    pool: 'threads',
    isolate: false,
    fileParallelism: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
