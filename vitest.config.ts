import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

interface Suite {
  readonly include: string[];
  readonly testTimeout: number;
  /** False where each file has the machine to itself. */
  readonly fileParallelism?: boolean;
  readonly maxWorkers?: number;
}

/** Two even on two cores, where vitest would take one: half the time goes into waiting for processes. */
const workers = Math.max(2, availableParallelism() - 1);

/** The suites, by vitest's `--mode`. What needs no outside program is `test`. */
const suites: Readonly<Record<string, Suite>> = {
  test: { include: ['src/**/*.test.ts', 'test/**/*.test.ts'], testTimeout: 120_000, maxWorkers: workers },
  browser: { include: ['test/browser/**/*.test.ts'], testTimeout: 60_000, fileParallelism: false },
  package: { include: ['test/package/**/*.test.ts'], testTimeout: 300_000 },
  guides: { include: ['test/docs/guides.test.ts', 'test/docs/access.test.ts'], testTimeout: 300_000 },
  alarms: { include: ['test/alarms/**/*.test.ts'], testTimeout: 60_000 },
  attack: { include: ['test/attack/**/*.test.ts'], testTimeout: 60_000 },
  endurance: { include: ['test/endurance/**/*.test.ts'], testTimeout: 120_000, fileParallelism: false },
};
const apart = [
  'test/alarms/**',
  'test/attack/**',
  'test/browser/**',
  'test/docs/access.test.ts',
  'test/docs/guides.test.ts',
  'test/endurance/**',
  'test/package/**',
];

export default defineConfig(({ mode }) => {
  const suite = suites[mode];
  if (suite === undefined) throw new Error(`there is no suite ${mode}: ${Object.keys(suites).join(', ')}`);
  return {
    test: {
      ...suite,
      exclude: ['**/node_modules/**', ...(mode === 'test' ? apart : [])],
      // What has to come is waited for; only what never comes takes so long.
      expect: { poll: { timeout: suite.testTimeout / 2 } },
      hookTimeout: Math.max(60_000, suite.testTimeout),
      pool: 'threads',
      isolate: false,
    },
  };
});
