/**
 * The whole story of `npm start`, while programs of ours are killed: `npm run chaos -- --story --times 10 --seed 1`.
 *
 * Each time has its own seed and fresh data. Every few seconds a program drawn by lot gets a SIGKILL. The right end is:
 *  1. every step of the story holds. Who acts in it asks again when nobody answers, and resumes what was held because its
 *     judge was lost, as a person would. While the story itself kills, nothing is killed that it is about;
 *  2. clients of prod lose nothing, but what was under way at a gateway or an instance that was killed, and are served
 *     again within `--outage` milliseconds;
 *  3. the log that the story proves is whole, for it proves it while programs die;
 *  4. `rung down` leaves nothing running.
 */
import { parseArgs } from 'node:util';
import { killsMeanwhile } from './kills.ts';
import { lotsFrom } from './lots.ts';
import { type Told, tellIn } from './told-story.ts';

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    outage: { type: 'string', default: '500' },
    verbose: { type: 'boolean', default: false },
    story: { type: 'boolean' },
  },
});
const outageMs = Number(values.outage);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

let failed = 0;
for (let time = 0; time < Number(values.times); time += 1) {
  const seed = Number(values.seed) + time;
  const told = await tellIn(killsMeanwhile(lotsFrom(seed)), values.verbose ? say : () => undefined);
  const troubles = [...told.troubles, ...outagesOf(told)];
  failed += troubles.length === 0 ? 0 : 1;
  say(`seed ${seed}: ${told.steps} steps in ${told.seconds.toFixed(0)} s; killed ${told.killed.join(', ')}`);
  if (told.resumed > 0) say(`  resumed by hand after its judge was lost: ${told.resumed}`);
  for (const { victim, failures, failedForMs, silentForMs } of told.hurts)
    say(
      `  ${victim}: ${failures} failed, the last after ${failedForMs.toFixed(0)} ms; silent for ${silentForMs.toFixed(0)} ms`,
    );
  for (const trouble of troubles) say(`  ✗ ${trouble}`);
}
say(
  failed === 0
    ? 'Every time ended as it should.'
    : `${failed} of ${values.times} did not end as they should.`,
);
process.exitCode = failed === 0 ? 0 : 1;

function outagesOf({ hurts }: Told): readonly string[] {
  return hurts
    .filter(({ failedForMs, silentForMs }) => Math.max(failedForMs, silentForMs) > outageMs)
    .map(({ victim }) => `after ${victim} was killed, clients were not served again within ${outageMs} ms`);
}
