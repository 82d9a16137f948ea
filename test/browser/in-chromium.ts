import { existsSync } from 'node:fs';
import { describe } from 'vitest';
import { chromiumPath } from './chromium.ts';

/** What needs a browser says so by name where there is none, instead of passing without it. */
export function inChromium(name: string, tests: () => void): void {
  const isThere = existsSync(chromiumPath);
  describe.skipIf(!isThere)(isThere ? name : `${name} (needs Chromium: apt install chromium)`, tests);
}
