import { resolve } from 'node:path';
import { Failure } from '../../domain/failure.ts';
import { confirm } from '../ask.ts';
import type { Cli } from '../cli.ts';
import { connected } from '../connect.ts';
import { readSmallFile } from '../find/files.ts';
import type { ConnectionFlags } from '../find/place.ts';
import { printable, printableText } from '../render/printable.ts';
import { comparisonLines, proposalLines, rulesLines } from '../render/rules.ts';
import type { RulesView } from '../rung-client.ts';

const projectFileBytes = 1_048_576;
const usualFile = 'rung.yaml';

const textOf = (cli: Cli, file: string | undefined): Promise<string> =>
  readSmallFile(resolve(cli.cwd, file ?? usualFile), projectFileBytes);

export interface DiffFlags extends ConnectionFlags {
  readonly check?: boolean;
}

export async function diff(cli: Cli, flags: DiffFlags, file?: string): Promise<void> {
  const client = await connected(cli, flags);
  const comparisons = await client.compareRules(await textOf(cli, file));
  cli.answer(flags, comparisons, comparisonLines);
  const needed = comparisons.filter(({ needsApproval }) => needsApproval);
  if (flags.check === true && needed.length > 0)
    throw new Failure(
      'denied',
      'rules-need-approval',
      `This file weakens ${needed.map(({ environment }) => environment).join(' and ')}.`,
      { wayOut: 'Put it into force with rung rules apply, and have it approved.' },
    );
}

export interface ApplyFlags extends ConnectionFlags {
  readonly yes?: boolean;
  readonly branch?: string;
}

export async function apply(cli: Cli, flags: ApplyFlags, file?: string): Promise<void> {
  const client = await connected(cli, flags);
  const text = await textOf(cli, file);
  const comparisons = await client.compareRules(text);
  if (flags.json !== true) cli.print(comparisonLines(printable(comparisons), cli.look()));
  await confirm(cli, 'Put this file into force?', flags);
  const views = await client.applyRules({
    text,
    ...(flags.branch !== undefined && { branch: flags.branch }),
  });
  cli.answer(flags, views, (all, look) => all.flatMap((view) => rulesLines(view, look)));
}

export interface ShowFlags extends ConnectionFlags {
  readonly text?: boolean;
}

export async function show(cli: Cli, flags: ShowFlags, environment: string): Promise<void> {
  const client = await connected(cli, flags);
  const view = await client.rules(environment);
  cli.answer(flags, view, (one, look) =>
    flags.text === true ? textLines(cli, view) : rulesLines(one, look),
  );
}

/** A program gets the file as it came; a terminal would obey what stands in it. */
const textLines = ({ stdout }: Cli, { text }: RulesView): readonly string[] =>
  (stdout.isTTY === true ? printableText(text) : text).trimEnd().split('\n');

export interface ApproveFlags extends ConnectionFlags {
  readonly yes?: boolean;
  readonly comment?: string;
}

export async function approve(cli: Cli, flags: ApproveFlags, environment: string): Promise<void> {
  const client = await connected(cli, flags);
  const proposal = waitingIn(await client.rules(environment));
  if (flags.json !== true) cli.print(proposalLines(environment, printable(proposal), cli.look()));
  await confirm(cli, `Agree to these rules for ${environment}?`, flags);
  const { hash } = proposal;
  const { comment } = flags;
  const view = await client.approveRules(environment, { hash, ...(comment !== undefined && { comment }) });
  cli.answer(flags, view, rulesLines);
}

export interface RejectFlags extends ConnectionFlags {
  readonly reason: string;
}

export async function reject(cli: Cli, flags: RejectFlags, environment: string): Promise<void> {
  const client = await connected(cli, flags);
  cli.answer(flags, await client.rejectRules(environment, flags.reason), rulesLines);
}

function waitingIn({ environment, proposal }: RulesView): NonNullable<RulesView['proposal']> {
  if (proposal !== null) return proposal;
  throw new Failure('conflict', 'rules-not-waiting', `No change of the rules of ${environment} waits.`, {
    wayOut: `See what is in force: rung rules show ${environment}`,
  });
}
