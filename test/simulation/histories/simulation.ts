import { parseArgs } from 'node:util';
import { spanText } from '../../../src/domain/wording.ts';
import { runHistory, usualSteps } from './history.ts';
import { tryMutants } from './mutants/try-mutants.ts';
import { reportOf } from './report.ts';
import { type Found, search } from './search.ts';
import { shrink, stepsText } from './shrink.ts';
import { endingOf, timelineOf } from './timeline.ts';

/** `npm run simulation`: tries histories, or does one again. Ends with 1 where an invariant broke. */
const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    histories: { type: 'string', default: '500' },
    hours: { type: 'string' },
    from: { type: 'string', default: '1' },
    steps: { type: 'string', default: String(usualSteps) },
    lines: { type: 'string', default: '120' },
    'until-broken': { type: 'boolean', default: false },
    mutants: { type: 'boolean', default: false },
    named: { type: 'string', default: '' },
  },
});

async function tryMany(): Promise<number> {
  const startedMs = performance.now();
  const hours = values.hours === undefined ? null : Number(values.hours);
  const isTime = (): boolean => performance.now() - startedMs < (hours ?? 0) * 3_600_000;
  let isEnough = false;
  const found = await search({
    first: Number(values.from),
    stepsEach: Number(values.steps),
    wantsMore: (done) => !isEnough && (hours === null ? done < Number(values.histories) : isTime()),
    onDone: ({ histories, broken }) => {
      isEnough = values['until-broken'] && broken.length > 0;
      if (histories % 100 === 0) console.log(`${histories} histories, ${broken.length} broke an invariant`);
    },
  });
  tell(found, (performance.now() - startedMs) / 1000);
  const [first] = found.broken;
  if (first !== undefined && !values['until-broken']) await again(first.seed);
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
  ? await tryMutants(Number(values.histories), values.named)
  : values.seed === undefined
    ? await tryMany()
    : await again(Number(values.seed));
