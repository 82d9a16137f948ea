import { expect, it } from 'vitest';
import { digestOf, hardRuns } from './judged-runs.ts';

/**
 * Written down by the judge as it first was, before it was made fast. Who changes what it says, and means to, writes new
 * ones down; who makes it faster does not.
 */
const digests: Readonly<Record<string, readonly string[]>> = {
  quiet: ['9ea6d53703818a39', '83aa377dbdc4ada3', '1c186c56ab2842b6'],
  close: ['bb134d2c286fec56', '86f508b9de7ba843', '728815a1f8b739e2'],
  clean: ['31d04e21930e605a', 'cedc78450d5d270b', '657bde87ac33c954'],
  late: ['80b2adb0c4611926', '7f7f456ea2c0f574', '69525553b77d6b2c'],
  slow: ['457d52798b673254', 'dd7ded7e563262cc', '2edff441c117a493'],
  shared: ['65217ce499fe502f', '0a54a04aaba85b32', 'c653df788ab257b7'],
};

it.each(hardRuns.map((run) => [run.name, run] as const))(
  'judges to the last bit as it did when it was slow: %s (REL-9)',
  (name, run) => {
    expect([1, 2, 3].map((seed) => digestOf(run, seed))).toEqual(digests[name]);
  },
);
