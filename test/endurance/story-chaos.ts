/**
 * The whole story of `npm start`, while programs of ours are killed: `npm run chaos -- --story --times 50 --seed 1`.
 *
 * Each time has its own seed and fresh data. With each step one process gets a SIGKILL, at once, in the middle of it or as
 * it ends; which one is by plan, so that 24 seeds in a row kill every process at every step. The right end is:
 *  1. every step of the story holds. Who acts in it asks again when nobody answers, and resumes what was held because its
 *     judge was lost, as a person would. While the story itself kills, nothing is killed that it is about;
 *  2. clients of prod lose nothing, but what was under way at a gateway or an instance that was killed, and are served
 *     again within `--outage` milliseconds;
 *  3. the log that the story proves is whole, for it proves it while programs die;
 *  4. `rung down` leaves nothing running.
 * After `--minutes` none is begun any more. At the end a summary: how often each process was killed at each step, what clients lost and by what.
 */
import { parseArgs } from 'node:util';
import { systemClock } from '../../src/engine/clock.ts';
import { killsAtSteps } from './kills.ts';
import { lineOf, outagesOf, summaryOf } from './story-summary.ts';
import { type Told, tellIn } from './told-story.ts';

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '1000' },
    outage: { type: 'string', default: '500' },
    verbose: { type: 'boolean', default: false },
    story: { type: 'boolean' },
  },
});
const outageMs = Number(values.outage);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const all: Told[] = [];
const lastStartMs = systemClock.monotonicMs() + Number(values.minutes) * 60_000;
for (let time = 0; time < Number(values.times) && systemClock.monotonicMs() < lastStartMs; time += 1) {
  const seed = Number(values.seed) + time;
  const told = await tellIn(killsAtSteps(seed), values.verbose ? say : () => undefined);
  all.push(told);
  say(lineOf(seed, told, outageMs));
}
say(summaryOf(all, outageMs));
const isRight = (told: Told): boolean => told.troubles.length === 0 && outagesOf(told, outageMs).length === 0;
process.exitCode = all.every(isRight) ? 0 : 1;
