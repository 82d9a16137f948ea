import { openAsBlob } from 'node:fs';
import { basename, resolve } from 'node:path';
import { Failure } from '../../domain/failure.ts';
import type { Cli } from '../cli.ts';
import { connected } from '../connect.ts';
import type { ConnectionFlags } from '../find/place.ts';
import { writeWhole } from '../find/write-whole.ts';
import { count as countText } from '../render/figures.ts';
import { nextPageLines } from '../render/next-page.ts';
import { printableText } from '../render/printable.ts';
import { evidenceLine, evidenceTable } from '../render/evidence.ts';
import { whyLines } from '../render/promotion.ts';
import { shellWord } from '../render/shell-word.ts';

export interface AboutFlags extends ConnectionFlags {
  readonly release: string;
  readonly in?: string;
  readonly name?: string;
}

export interface AddFlags extends AboutFlags {
  readonly kind?: string;
  readonly format?: string;
}

export const placed = ({ release, in: environment, name }: AboutFlags) => ({
  release,
  ...(environment !== undefined && { environment }),
  ...(name !== undefined && { name }),
});

export async function add(cli: Cli, flags: AddFlags, file: string): Promise<void> {
  const bytes = await openAsBlob(resolve(cli.cwd, file)).catch((cause: unknown) => {
    throw new Failure('absent', 'file-unreadable', `There is no file ${file} that can be read.`, {
      wayOut: 'Name the file that the tool wrote.',
      cause,
    });
  });
  const { kind, format } = flags;
  const client = await connected(cli, flags);
  const added = await client.addEvidence({ ...placed(flags), fileName: basename(file), kind, format }, bytes);
  cli.answer(flags, added, evidenceLine);
}

export interface ListFlags extends ConnectionFlags {
  readonly limit: number;
  readonly after?: string;
}

export async function list(cli: Cli, flags: ListFlags, release: string): Promise<void> {
  const client = await connected(cli, flags);
  const page = await client.evidence(release, { limit: flags.limit, after: flags.after });
  cli.answer(flags, page, (view, look) => [
    ...evidenceTable(view.items, look),
    ...nextPageLines(`rung evidence list ${shellWord(release)}`, { '--limit': flags.limit }, view, look),
  ]);
}

export interface GetFlags extends ConnectionFlags {
  readonly output?: string;
}

export async function get(cli: Cli, flags: GetFlags, id: string): Promise<void> {
  const client = await connected(cli, flags);
  const pieces = client.evidenceFile(id, cli.signal);
  if (flags.output === undefined) {
    const decoder = new TextDecoder();
    // A program gets what CI sent, byte for byte; a terminal would obey what stands in it.
    const shown =
      cli.stdout.isTTY === true
        ? (piece: Uint8Array) => printableText(decoder.decode(piece, { stream: true }))
        : (piece: Uint8Array) => piece;
    for await (const piece of pieces) cli.stdout.write(shown(piece));
    return;
  }
  const file = resolve(cli.cwd, flags.output);
  const bytes = await writeWhole(file, pieces);
  cli.answer(flags, { file, bytes }, (_, look) => [
    `${look.style.good('✓')} ${file}, ${countText(bytes)} bytes`,
  ]);
}

export interface ReviewFlags extends AboutFlags {
  readonly by: readonly string[];
  readonly against?: readonly string[];
  readonly url?: string;
}

export async function review(cli: Cli, flags: ReviewFlags): Promise<void> {
  const client = await connected(cli, flags);
  const { by: approvedBy, against: requestedChanges = [], url = '' } = flags;
  const facts = { kind: 'review', approvedBy, requestedChanges, url } as const;
  cli.answer(flags, await client.sayEvidence({ ...placed(flags), facts }), evidenceLine);
}

export interface CountFlags extends AboutFlags {
  readonly tracker?: string;
  readonly link?: string;
}

export async function count(cli: Cli, flags: CountFlags, open: number): Promise<void> {
  const client = await connected(cli, flags);
  const { tracker = null, link = null } = flags;
  const facts = { kind: 'count', count: open, tracker, link } as const;
  cli.answer(flags, await client.sayEvidence({ ...placed(flags), facts }), evidenceLine);
}

export interface WaiveFlags extends ConnectionFlags {
  readonly to: string;
  readonly reason: string;
}

export async function waive(cli: Cli, flags: WaiveFlags, gate: string, release: string): Promise<void> {
  const client = await connected(cli, flags);
  const { to, reason } = flags;
  cli.answer(flags, await client.waive(release, { to, gate, reason }), (why, look) => [
    `${look.style.warning('!')} ${gate} is waived for ${why.release.version} in ${why.environment}. It is shown so for ever.`,
    ...whyLines(why, look),
  ]);
}
