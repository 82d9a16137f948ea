/**
 * Sends what the description of the API allows, and what it does not, for so many seconds, to a control plane on a real
 * PostgreSQL: `node test/attack/schemathesis.ts PROGRAM SECONDS [OPTION…]`. No answer may be a 5xx or other than described.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '../../src/domain/log.ts';
import { serve } from './served.ts';
import { ada } from './world.ts';

const [program = '', seconds = '60', ...more] = process.argv.slice(2);

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

const folder = await mkdtemp(join(tmpdir(), 'rung-schemathesis-'));
await writeFile(join(folder, 'schemathesis.toml'), settings);
await using served = await serve(log);
const child = spawn(
  program,
  [
    'run',
    `${served.api.address}/api/openapi.json`,
    `--header=Authorization: Bearer ${served.token}`,
    `--header=rung-act-as: ${ada}`,
    // Never ends by itself; tests of its own open it.
    '--exclude-operation-id=followEvents',
    // A request can fit the description and still ask for what cannot be, such as a calendar that ends before it starts.
    '--exclude-checks=positive_data_acceptance',
    '--continue-on-failure',
    `--max-time=${seconds}`,
    '--request-timeout=20',
    '--generation-database=none',
    '--no-color',
    ...more,
  ],
  { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] },
);
const [code] = (await once(child, 'close')) as [number | null];
await rm(folder, { recursive: true, force: true });
process.exitCode = code ?? 1;
