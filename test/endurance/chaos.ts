/**
 * Releases climb while random programs of ours are killed: `node test/endurance/chaos.ts --times 10 --seed 1`.
 *
 * Each time a release is merged, deployed to dev by itself and promoted to prod as a canary under traffic, and every
 * second or so one program, drawn by lot, is killed with SIGKILL; the supervisor too, which is then started again by
 * hand, as a person would. Then the killing stops. The right end of each time is:
 *  1. the release is built and runs in dev, all by itself;
 *  2. its promotion into prod has ended as `succeeded`, and prod runs it; or it has ended as `rolled back` or `failed`
 *     with a reason, and prod runs what it ran before; or it is held (judge lost), and runs once a person resumes it;
 *  3. there was never more than one live rollout in prod;
 *  4. clients were answered by the old or the new version and nothing else; a request failed only after something that
 *     serves in prod (gateway, its keeper, an instance) was killed, and serving went on within `outageMs`;
 *  5. the exported log verifies, with the heads of the agents, and holds each event of the export before it.
 * At the very end `rung down` leaves nothing running.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect, parseArgs } from 'node:util';
import { answerOf } from '../../src/client/index.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { drawn, lotsFrom } from './lots.ts';
import { canary, habit, projectFile, projectFiles } from './project.ts';
import { Rung, until } from './rung.ts';
import { isServing, killVictim, pidOfVictim } from './victims.ts';
import { type Trouble, Witness } from './witness.ts';

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    keep: { type: 'boolean', default: false },
  },
});
/** A machine that is busy with other things takes its time to start a program. */
const outageMs = 5000;
const settleMs = 120_000;

const lot = lotsFrom(Number(values.seed));

const victims = [
  'control-plane',
  'agent-dev',
  'agent-prod',
  'builder',
  'postgres',
  'prod gateway',
  'prod gateway-keeper',
  'prod room',
  'prod instance',
  'dev gateway',
  'dev room',
  'supervisor',
];

const rung = await Rung.start({ files: { ...projectFiles(), 'rung.yaml': projectFile(canary, 'manual') } });
const troubles: string[] = [];
let inProd = '1.0.0';
let exported: ReadonlySet<string> = new Set();
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function killOne(witness: Witness): Promise<void> {
  const victim = drawn(lot, victims) ?? 'control-plane';
  const pid = await pidOfVictim(rung, victim, lot);
  if (pid === undefined) return;
  if (isServing(victim, 'prod')) witness.expectsTrouble(victim);
  witness.killed.push(victim);
  await killVictim(rung, victim, pid);
}

async function killMeanwhile(witness: Witness, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await systemClock.sleep(500 + lot() * 1500, signal).catch(() => undefined);
    if (!signal.aborted) await killOne(witness);
  }
}

interface Ended {
  readonly phase: string;
  readonly text: string;
}

/** Asks as often as it takes: while the control plane is being killed, an answer may never come. */
async function promote(version: string): Promise<string> {
  return until(
    `${version} to be asked for`,
    async () => {
      const { project } = await rung.address();
      const asked = (await rung.board()).promotions.find(
        (one) => one.release.version === version && one.environment === 'prod',
      );
      if (asked !== undefined) return asked.id;
      const client = await rung.as('ada');
      const promotion = await answerOf(
        client.POST('/api/v1/projects/{project}/promotions', {
          params: { path: { project } },
          body: { release: version, to: 'prod', reason: '' },
        }),
      );
      return promotion.id;
    },
    settleMs,
  );
}

async function endOf(id: string): Promise<Ended> {
  return until(
    `the end of promotion ${id}`,
    async () => {
      const { project } = await rung.address();
      const client = await rung.as('bo');
      const path = { project, id };
      const { state } = await answerOf(
        client.GET('/api/v1/projects/{project}/promotions/{id}', { params: { path } }),
      );
      if (state.phase === 'running') await resumeWhenHeld(state.rollout);
      const isOver = state.phase !== 'running' && state.phase !== 'waiting';
      return isOver ? { phase: state.phase, text: 'reason' in state ? state.reason : '' } : null;
    },
    settleMs,
  );
}

async function resumeWhenHeld(id: string): Promise<void> {
  const { project } = await rung.address();
  const client = await rung.as('bo');
  const params = { path: { project, id } };
  const { state } = await answerOf(client.GET('/api/v1/projects/{project}/rollouts/{id}', { params }));
  if (state.phase !== 'held') return;
  say(`      held (${state.reason.kind}): resumed by hand`);
  await client.POST('/api/v1/projects/{project}/rollouts/{id}/resume', {
    params,
    body: { note: 'the programs are back' },
  });
}

async function logHolds(): Promise<readonly string[]> {
  const at = (name: string): string => join(rung.folder, name);
  const verified = await until('the log to verify', async () => {
    await rung.cli('audit', 'export', '--output', at('log.jsonl'));
    await rung.cli('audit', 'heads', '--output', at('heads.jsonl'));
    const { code, output } = await rung.verify(at('log.jsonl'), at('heads.jsonl'));
    return code === 0 ? 'yes' : Promise.reject(new Error(output));
  }).catch((thrown: Error) => inspect(thrown.cause ?? thrown));
  const [, ...rows] = (await readFile(at('log.jsonl'), 'utf8')).trimEnd().split('\n');
  const lost = [...exported].filter((row) => !rows.includes(row));
  exported = new Set(rows);
  return [
    ...(verified === 'yes' ? [] : [`the log does not verify: ${verified}`]),
    ...(lost.length === 0 ? [] : [`${lost.length} events are not in the log any more`]),
  ];
}

async function once(time: number): Promise<readonly string[]> {
  const before = inProd;
  const version = `1.${time}.0`;
  const startedMs = systemClock.monotonicMs();
  await using witness = await Witness.start(rung, [before, version], outageMs);
  const killing = new AbortController();
  await rung.write({ 'web/habit.json': habit(version) });
  const killer = killMeanwhile(witness, killing.signal);
  await rung.merge(`feat: number ${time}`);
  await until(
    `${version} in dev`,
    async () => (await rung.environment('dev')).release?.version === version,
    settleMs,
  );
  const promotion = await promote(version);
  await systemClock.sleep(4000 + lot() * 8000);
  killing.abort();
  await killer;
  const ended = await endOf(promotion);
  const expected = ended.phase === 'succeeded' ? version : before;
  await rung.runs('prod', expected);
  inProd = expected;
  const found: Trouble[] = [...witness.troubles()];
  if (ended.phase !== 'succeeded' && ended.text === '')
    found.push(`it ended as ${ended.phase} without a reason`);
  const seconds = ((systemClock.monotonicMs() - startedMs) / 1000).toFixed(0);
  say(
    `${version}: ${ended.phase}${ended.text === '' ? '' : ` (${ended.text})`}, ${seconds} s; killed ${witness.killed.join(', ')}`,
  );
  say(`      clients: ${witness.summary()}`);
  return [...found, ...(await logHolds())];
}

try {
  await rung.merge('feat: a service');
  await rung.runs('dev', '1.0.0');
  await endOf(await promote('1.0.0'));
  await rung.runs('prod', '1.0.0');
  for (let time = 1; time <= Number(values.times); time += 1) {
    const found = await once(time).catch((thrown: Error) => [
      `${thrown.message} ${inspect(thrown.cause ?? '')}`,
    ]);
    for (const one of found) say(`  ✗ ${one}`);
    troubles.push(...found);
    if (found.length > 0 && values.keep) break;
  }
  rung.ups.at(-1)?.process.kill('SIGINT');
  await rung.ups.at(-1)?.ended;
  await rung.cli('down');
  const left = await rung.leftovers();
  if (left.length > 0) troubles.push(`left running: ${left.join('; ')}`);
} finally {
  if (values.keep && troubles.length > 0) {
    await writeFile(join(rung.folder, 'troubles.txt'), troubles.join('\n'));
    say(`kept: ${rung.folder}`);
  } else await rung[Symbol.asyncDispose]();
}
say(
  troubles.length === 0
    ? 'Every time ended as it should.'
    : `${troubles.length} troubles:\n${troubles.join('\n')}`,
);
process.exitCode = troubles.length === 0 ? 0 : 1;
