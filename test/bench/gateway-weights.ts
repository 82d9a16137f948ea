/** How long a weight takes from the control plane's commit to the gateway, through PostgreSQL and a real agent. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { logFolder } from '../../src/providers/process/room/messages.ts';
import { Clients } from '../agent/traffic.ts';
import { habit, projectFile, projectFiles } from '../endurance/project.ts';
import { Rung, until } from '../endurance/rung.ts';
import { Cleanup } from '../gateway/world.ts';
import { noteWords, notedWords, timedPostgres } from './gateway/commits.ts';
import { median, quantile, row, sized, subject } from './row.ts';

subject({
  title: 'Weights on their way',
  about:
    'From the moment PostgreSQL committed another weight to the moment the gateway has it in force: control plane, agent, room, gateway and service as `rung up` starts them, with one rollout of 20 steps after another.',
});

const rollouts = sized(3, 1);
/** From the half on, so that each step has the evidence that it needs in a second. */
const steps = Array.from({ length: 19 }, (_, at) => `{ percent: ${50 + at}, for: 1s }`);
const canary = `      rollout:
        canary: [${steps.join(', ')}, { percent: 100 }]
        watch: 2s
        rollback: [{ errors: "> 5%", for: 3s }, { health: failing }]
        lease: 20s
        drain: 1s
`;

interface Set {
  readonly rollout: string;
  readonly generation: number;
  readonly setMs: number;
}

/** The gateway's own log says when; its times and PostgreSQL's are of one clock. */
async function weightsSet(rung: Rung): Promise<readonly Set[]> {
  const log = await readFile(join(rung.data, 'environments', 'prod', logFolder, 'gateway.log'), 'utf8');
  return log
    .split('\n')
    .filter((line) => line.includes('"weight set"'))
    .map((line) => JSON.parse(line) as { rollout: string; generation: number; time: number })
    .map(({ rollout, generation, time }) => ({ rollout, generation, setMs: time }));
}

async function delays(rung: Rung, url: string): Promise<readonly number[]> {
  const words = new Map(
    (await notedWords(url)).map(({ rollout, generation, committedMs }) => [
      `${rollout} ${generation}`,
      committedMs,
    ]),
  );
  return (await weightsSet(rung)).flatMap(({ rollout, generation, setMs }) => {
    const committedMs = words.get(`${rollout} ${generation}`);
    return committedMs === undefined ? [] : [setMs - committedMs];
  });
}

async function release(rung: Rung, version: string): Promise<void> {
  await rung.write({ 'web/habit.json': habit(version) });
  await rung.merge(`feat: ${version}`);
  await until(
    `${version} in prod`,
    async () => {
      const { release: runs, rollout } = await rung.environment('prod');
      return runs?.version === version && rollout === null;
    },
    600_000,
  );
}

const cleanup = new Cleanup();
try {
  const { url } = await timedPostgres(cleanup);
  const rung = await Rung.prepare({ files: { ...projectFiles(), 'rung.yaml': projectFile(canary) } });
  cleanup.add(() => rung[Symbol.asyncDispose]());
  await rung.up({ env: { DATABASE_URL: url } }).isReady;
  await release(rung, '1.0.0');
  await noteWords(url);
  const clients = new Clients(await rung.urlOf('prod'), 2);
  cleanup.add(() => clients[Symbol.asyncDispose]());
  for (let count = 1; count <= rollouts; count += 1) await release(rung, `1.${count}.0`);
  const tookMs = await delays(rung, url);
  row({
    what: `${tookMs.length} weights, from commit to the gateway, p95`,
    figure: quantile(tookMs, 0.95),
    unit: 'ms',
    beside: { what: 'the median', figure: median(tookMs) },
    reach: { text: '≤ 100 ms', holds: quantile(tookMs, 0.95) <= 100 },
    note: `${Math.max(...tookMs).toFixed(0)} ms at the most`,
  });
} finally {
  await cleanup.run();
}
