import { parseArgs } from 'node:util';
import { chanceFrom } from '../../src/simulate/chance.ts';
import type { Mutant } from './mutants.ts';

/** What `npm run mutation` is asked for. */
export interface Wanted {
  /** Files and folders; none: all. */
  readonly paths: readonly string[];
  /** How many are drawn; null: all of them. */
  readonly sample: number | null;
  readonly seed: number;
  readonly asJson: boolean;
  /** Tests for one mutant, before the rest is left. */
  readonly testsMs: number;
  readonly histories: number;
  /** Only the tests in these places; none: every one. */
  readonly tests: readonly string[];
}

const usualSample = 200;

/** Throws a sentence where it makes no sense. */
export function wantedBy(args: readonly string[]): Wanted {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      sample: { type: 'string' },
      seed: { type: 'string', default: '1' },
      all: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      patience: { type: 'string', default: '15' },
      histories: { type: 'string', default: '12' },
      tests: { type: 'string', multiple: true, default: [] },
    },
  });
  const everyOne = values.all || (positionals.length > 0 && values.sample === undefined);
  return {
    paths: positionals,
    sample: everyOne ? null : numberIn(values.sample ?? String(usualSample), '--sample'),
    seed: numberIn(values.seed, '--seed'),
    asJson: values.json,
    testsMs: numberIn(values.patience, '--patience') * 1000,
    histories: numberIn(values.histories, '--histories'),
    tests: values.tests,
  };
}

function numberIn(text: string, flag: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0)
    throw new Error(`${flag} takes a whole number, not "${text}"`);
  return number;
}

/** The numbers of the mutants to try. A seed draws the same ones in the same order, as long as the code is the same: a smaller sample is the start of a larger one. */
export function drawn(mutants: readonly Mutant[], { paths, sample, seed }: Wanted): readonly number[] {
  const within = (file: string): boolean =>
    paths.length === 0 ||
    paths.some((path) => file === path || file.startsWith(`${path.replace(/\/$/u, '')}/`));
  const ids = [...mutants.keys()].filter((id) => within(mutants[id]?.file ?? ''));
  if (sample === null || sample >= ids.length) return ids;
  const chance = chanceFrom(seed);
  return ids
    .map((id) => ({ id, at: chance() }))
    .toSorted((left, right) => left.at - right.at)
    .slice(0, sample)
    .map(({ id }) => id);
}
