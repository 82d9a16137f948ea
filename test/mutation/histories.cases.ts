import { expect, it } from 'vitest';
import { runHistory } from '../simulation/histories/history.ts';

/** Others than those that the tests run: for the mutants which these let pass. */
const firstSeed = 1_001;
export const mostHistories = 200;

for (let index = 0; index < mostHistories; index += 1)
  it(`history ${index + 1}`, async () => {
    const { broken } = await runHistory(firstSeed + index, 150);
    expect(broken).toBeNull();
  });
