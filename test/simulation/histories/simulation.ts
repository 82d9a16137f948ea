import { parseArgs } from 'node:util';
import { spanText } from '../../../src/domain/wording.ts';
import { runHistory, usualSteps } from './history.ts';
import { tryMutants } from './mutants/try-mutants.ts';
import { reportOf } from './report.ts';
import { type Found, search } from './search.ts';
import { shrink, stepsText } from './shrink.ts';
import { endingOf, timelineOf } from './timeline.ts';

/**
 * `npm run simulation`: tries histories, or does one again (`--seed N`); `--mutants PART …` tries whether the faults of design
 * whose sentences have a part in them are found, each in `--histories` and `--seconds` at most. Ends with 1 where an
 * invariant broke, or a mutant lived.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string' },
    histories: { type: 'string' },
    hours: { type: 'string' },
    from: { type: 'string', default: '1' },
    steps: { type: 'string', default: String(usualSteps) },
    lines: { type: 'string', default: '120' },
    mutants: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '300' },
  },
});

async function tryMany(): Promise<number> {
  const startedMs = performance.now();
  const hours = values.hours === undefined ? null : Number(values.hours);
  const isTime = (): boolean => performance.now() - startedMs < (hours ?? 0) * 3_600_000;
  const histories = Number(values.histories ?? 500);
  const found = await search({
    first: Number(values.from),
    stepsEach: Number(values.steps),
    wantsMore: (begun) => (hours === null ? begun < histories : isTime()),
    onDone: ({ histories: done, broken }) => {
      if (done % 100 === 0) console.log(`${done} histories, ${broken.length} broke an invariant`);
    },
  });
  tell(found, (performance.now() - startedMs) / 1000);
  const [first] = found.broken;
  if (first !== undefined) await again(first.seed);
  return found.broken.length === 0 ? 0 : 1;
}

function tell({ histories, broken, reached, steps, virtualMs }: Found, seconds: number): void {
  console.log(reportOf(reached));
  for (const { seed, problem } of broken.slice(0, 20))
    console.log(`✗ seed ${seed}: ${problem.split('\n')[0]}`);
  const cpu = process.cpuUsage();
  console.log(
    `${histories} histories of ${median(steps)} steps and ${spanText(median(virtualMs))} at the median, in ${seconds.toFixed(0)} s ` +
      `(${((cpu.user + cpu.system) / 1000 / histories).toFixed(0)} ms of processor time each)`,
  );
  console.log(`${histories - broken.length} passed, ${broken.length} failed`);
}

const median = (all: readonly number[]): number =>
  all.toSorted((left, right) => left - right)[Math.floor(all.length / 2)] ?? 0;

/** Once more; where it breaks, as short as it can be had. */
async function again(seed: number): Promise<number> {
  const outcome = await runHistory(seed, Number(values.steps));
  if (outcome.broken === null) {
    console.log(`${timelineOf(outcome, Number(values.lines))}\n\n${endingOf(outcome)}`);
    return 0;
  }
  console.log(`\n${endingOf(outcome)}\nMaking it shorter …`);
  const short = await shrink(outcome, () => undefined);
  console.log(
    `\n${timelineOf(short, Number(values.lines))}\n\n${endingOf(short)}\n\n${stepsText(short.steps)}`,
  );
  return 1;
}

process.exitCode = values.mutants
  ? await tryMutants(positionals, {
      from: Number(values.from),
      histories: Number(values.histories ?? 200),
      seconds: Number(values.seconds),
      steps: Number(values.steps),
    })
  : values.seed === undefined
    ? await tryMany()
    : await again(Number(values.seed));
