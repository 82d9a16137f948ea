/**
 * Sends what the description of the API allows, and what it does not, for so many seconds, to a control plane on a real
 * PostgreSQL: `node test/attack/schemathesis.ts PROGRAM SECONDS SEED [OPTION…]`. No answer may be a 5xx or other than described, and
 * every operation is done at least once: ids and whole calls come from projects in the middle of things.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeAccess } from '../../src/api/description.ts';
import type { Log } from '../../src/domain/log.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { type Answered, answeredBy, answeredTable, neverAccepted } from './answered.ts';
import { callOnce } from './once.ts';
import { serveSamples } from './samples.ts';
import { openScenes } from './scenes.ts';
import { type Served, serve } from './served.ts';
import { ada } from './world.ts';

const [program = '', seconds = '60', seed = '1', ...more] = process.argv.slice(2);

const log: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: (facts, message) => console.error(message, facts),
};
/** What refuses a request that is not as described. Left to itself, schemathesis takes some of these for an acceptance. */
const refusals = [400, 401, 403, 404, 405, 406, 409, 413, 414, 415, 422, 428, 429, 431];
const settings = `[checks.negative_data_rejection]
expected-statuses = ${JSON.stringify(refusals.map(String))}
`;
/** Operations that nothing is done of here, with the reason. */
const left: Readonly<Record<string, string>> = {
  followEvents: 'never ends by itself; tests of its own open it',
};

const folder = await mkdtemp(join(tmpdir(), 'rung-schemathesis-'));
await writeFile(join(folder, 'schemathesis.toml'), settings);
await using served = await serve(log);
using scenes = openScenes(served);
await using samples = await serveSamples(scenes);
const code = await attack(served, samples.address);
await rm(folder, { recursive: true, force: true });
const answered = await answers(served);
console.log(`\n${answeredTable(answered)}\n`);
for (const [name, reason] of Object.entries(left)) console.log(`${name} was left out: ${reason}.`);
const never = neverAccepted(answered).filter(({ id }) => !(id in left));
if (never.length > 0)
  console.log(
    `What is made up got none of these done, and each is called once as it should be: ${never.map(({ id }) => id).join(', ')}.`,
  );
process.exitCode = (await areDone(never)) ? code : 1;

async function attack({ api, token }: Served, from: string): Promise<number> {
  const child = spawn(
    program,
    [
      'run',
      `${api.address}/api/openapi.json`,
      `--header=Authorization: Bearer ${token}`,
      `--header=rung-act-as: ${ada}`,
      ...Object.keys(left).map((name) => `--exclude-operation-id=${name}`),
      // A request can fit the description and still ask for what cannot be, such as a calendar that ends before it starts.
      '--exclude-checks=positive_data_acceptance',
      '--continue-on-failure',
      `--max-time=${seconds}`,
      '--request-timeout=60',
      '--generation-database=none',
      '--no-color',
      `--seed=${seed}`,
      ...more,
    ],
    {
      cwd: folder,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        ...process.env,
        SCHEMATHESIS_HOOKS: fileURLToPath(new URL('./schemathesis_hooks.py', import.meta.url)),
        // Beside the sources, nothing is left behind.
        PYTHONDONTWRITEBYTECODE: '1',
        RUNG_SAMPLES: from,
        RUNG_SEED: seed,
      },
    },
  );
  const [ended] = (await once(child, 'close')) as [number | null];
  return ended ?? 1;
}

async function answers({ figures }: Served): Promise<readonly Answered[]> {
  const counted = await figures.getSingleMetric('rung_api_requests_total')?.get();
  return answeredBy(await describeAccess(systemClock), counted ?? { values: [] });
}

async function areDone(operations: readonly Answered[]): Promise<boolean> {
  let failed = 0;
  for (const one of operations)
    await callOnce(served, scenes, one).catch((thrown: unknown) => {
      failed += 1;
      console.error(`✗ ${String(thrown)}`);
    });
  return failed === 0;
}
