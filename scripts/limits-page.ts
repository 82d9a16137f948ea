import { defaultLimits, limitRows } from '../src/api/limits.ts';

export const limitsPage = 'docs/reference/limits.md';

/** What the API takes at most, out of the numbers that it holds everybody to. */
export const limitsText = (): string =>
  [
    '# Limits of the API',
    '',
    'Made by `scripts/generate-limits.ts` out of `src/api/limits.ts`; do not edit it by hand. `npm run test:attack` goes beyond',
    'them on the wire.',
    '',
    'Whoever goes beyond one is told so in a [problem document](failures/README.md) with the code that stands here, and what was asked',
    'for is not done. Where it says Retry-After, the header says after how many seconds to try again.',
    '',
    '| what | at most | beyond it |',
    '|---|---|---|',
    ...limitRows(defaultLimits).map(({ what, most, told }) => `| ${what} | ${most} | ${told} |`),
    '',
  ].join('\n');
