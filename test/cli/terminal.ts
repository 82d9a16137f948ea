import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { onTestFinished } from 'vitest';
import type { CliInputs } from '../../src/cli/cli.ts';
import type { Output, Programs } from '../../src/cli/programs.ts';
import { runCli } from '../../src/cli/run.ts';
import type { RungClient } from '../../src/cli/rung-client.ts';
import { Failure } from '../../src/domain/failure.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { now } from './sample.ts';
import { sampleClient } from './sample-client.ts';

export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Of stdout, as they were written. */
  readonly bytes: Buffer;
}

export interface Around extends Partial<Omit<CliInputs, 'connect' | 'programs'>> {
  readonly client?: RungClient;
  readonly programs?: Partial<Programs>;
  readonly tty?: boolean;
  /** What the person types. */
  readonly typed?: string;
}

const notHere = (): never => {
  throw new Failure('defect', 'not-in-this-test', 'This test has no such program.');
};

const noPrograms: Programs = {
  version: '1.2.3',
  checkProjectFile: notHere,
  simulator: notHere,
  starterFile: notHere,
  up: notHere,
  running: notHere,
  down: notHere,
  replaceAgentKey: notHere,
  agentKeys: notHere,
  backUp: notHere,
  restore: notHere,
  auditHeads: notHere,
  openInBrowser: notHere,
};

function recorder(tty: boolean): Output & { readonly bytes: () => Buffer } {
  const written: Buffer[] = [];
  return {
    write: (text: string | Uint8Array) => written.push(Buffer.from(text as Uint8Array)),
    isTTY: tty,
    columns: 100,
    rows: 40,
    bytes: () => Buffer.concat(written),
  };
}

/** Runs a command as somebody would type it, with everything around it held still. */
export async function typed(argv: readonly string[], around: Around = {}): Promise<Ran> {
  const tty = around.tty === true;
  const stdout = recorder(tty);
  const stderr = recorder(tty);
  const stdin = Object.assign(new PassThrough(), { isTTY: tty });
  stdin.end(around.typed ?? '');
  const client = around.client ?? sampleClient();
  const exitCode = await runCli(argv, {
    stdin,
    env: { RUNG_URL: 'http://127.0.0.1:1', NO_COLOR: '1' },
    cwd: '/',
    clock: { ...systemClock, now: () => now },
    signal: new AbortController().signal,
    timeZone: 'UTC',
    ...around,
    stdout,
    stderr,
    programs: { ...noPrograms, ...around.programs },
    connect: async () => client,
  });
  const bytes = stdout.bytes();
  return { exitCode, stdout: bytes.toString(), stderr: stderr.bytes().toString(), bytes };
}

/** A new folder, deleted when the test has ended. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rung-cli-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
