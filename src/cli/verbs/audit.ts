import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { linesOf, parseHeads, verifyExport } from '../../domain/audit/index.ts';
import { Failure } from '../../domain/failure.ts';
import type { Cli } from '../cli.ts';
import { connected } from '../connect.ts';
import { dataFolderOf } from '../find/data-folder.ts';
import { fileFailure, readSmallFile } from '../find/files.ts';
import { writeWhole } from '../find/write-whole.ts';
import type { ConnectionFlags } from '../find/place.ts';
import { parsePinnedKeys } from '../pinned-keys.ts';
import { auditLines } from '../render/audit.ts';
import { count } from '../render/figures.ts';

export interface ExportFlags extends ConnectionFlags {
  readonly output?: string;
}

/** To a file all at once or not at all; to stdout as it comes. */
export async function exportLog(cli: Cli, flags: ExportFlags): Promise<void> {
  const client = await connected(cli, flags);
  if (flags.output === undefined) {
    for await (const line of linesOf(client.auditExport(cli.signal))) cli.stdout.write(`${line}\n`);
    return;
  }
  const file = resolve(cli.cwd, flags.output);
  const bytes = await writeWhole(file, client.auditExport(cli.signal));
  cli.answer(flags, { file, bytes }, (_, look) => [
    `${look.style.good('✓')} ${file}, ${count(bytes)} bytes`,
    `  Next: rung audit verify ${flags.output ?? file} --heads FILE`,
  ]);
}

export interface HeadsFlags {
  readonly json?: boolean;
  readonly data?: string;
  readonly output?: string;
}

/** As they lie in the repository on this machine. Throws absent `heads-absent` where no agent pushed one yet. */
export async function heads(cli: Cli, flags: HeadsFlags): Promise<void> {
  const text = await cli.programs.auditHeads(await dataFolderOf(flags.data, cli));
  if (text === '')
    throw new Failure('absent', 'heads-absent', 'No agent has countersigned the log yet.', {
      wayOut: 'Agents do so within seconds of something happening; try again in a moment.',
    });
  if (flags.output !== undefined) await writeFile(resolve(cli.cwd, flags.output), text, { mode: 0o600 });
  const { output } = flags;
  cli.answer(flags, { file: output ?? null, heads: parseHeads(text) }, (_, look) =>
    output === undefined ? text.trimEnd().split('\n') : [`${look.style.good('✓')} ${output}`],
  );
}

export interface VerifyFlags {
  readonly heads: string;
  readonly keys: string;
  readonly json?: boolean;
}

const headsLimitBytes = 8 * 1024 * 1024;

/** Offline: reads three files and nothing else. Throws conflict `audit-altered` when something was found. */
export async function verify(cli: Cli, flags: VerifyFlags, exported: string): Promise<void> {
  const path = (name: string): string => resolve(cli.cwd, name);
  const pinned = parsePinnedKeys(await readSmallFile(path(flags.keys)), flags.keys);
  const heads = parseHeads(await readSmallFile(path(flags.heads), headsLimitBytes));
  const report = await verifyExport(linesOf(piecesOf(path(exported))), pinned, heads);
  cli.answer(flags, report, (view, look) => auditLines(view, { file: exported, heads: heads.length }, look));
  if (!report.unaltered)
    throw new Failure('conflict', 'audit-altered', `${exported} is not what was written.`, {
      wayOut: 'Keep the file as it is, make another export, and compare the places named above.',
      facts: { findings: report.findings.length },
    });
}

async function* piecesOf(path: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of createReadStream(path)) yield piece as Uint8Array;
  } catch (thrown) {
    throw fileFailure(path, thrown);
  }
}
