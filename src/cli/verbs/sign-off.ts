import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Failure } from '../../domain/failure.ts';
import { confirm } from '../ask.ts';
import type { Cli } from '../cli.ts';
import { connected } from '../connect.ts';
import type { ConnectionFlags } from '../find/place.ts';
import { evidenceLine } from '../render/evidence.ts';
import { printableLine } from '../render/printable.ts';
import { checklistLines, planTextLines } from '../render/sign-off.ts';
import type { EvidenceView, RungClient } from '../rung-client.ts';

export interface UatFlags extends ConnectionFlags {
  readonly in: string;
  readonly accept?: boolean;
  readonly reject?: boolean;
  readonly scenario?: readonly { readonly title: string; readonly passed: boolean; readonly note: string }[];
  readonly tester?: readonly string[];
  readonly note?: string;
}

export async function uat(cli: Cli, flags: UatFlags, release: string): Promise<void> {
  if (flags.accept === flags.reject)
    throw new Failure('invalid', 'uat-undecided', 'Users either accept a release or reject it.', {
      wayOut: 'Say --accept or --reject.',
    });
  const { scenario: scenarios = [], tester: testers = [], note = '' } = flags;
  const verdict = flags.accept === true ? 'accepted' : 'rejected';
  const client = await connected(cli, flags);
  const facts = { kind: 'uat', verdict, scenarios, testers, note } as const;
  cli.answer(flags, await client.sayEvidence({ release, environment: flags.in, facts }), evidenceLine);
}

export interface ChecklistFlags extends ConnectionFlags {
  readonly to?: string;
  readonly done?: readonly string[];
  readonly undone?: readonly string[];
  readonly note?: string;
}

export async function checklist(cli: Cli, flags: ChecklistFlags, ...words: readonly string[]): Promise<void> {
  const [first = '', second] = words;
  if (second === undefined) return showChecklists(cli, flags, first);
  const { note = '', done = [], undone = [] } = flags;
  const items = [
    ...done.map((item) => ({ item, done: true, note })),
    ...undone.map((item) => ({ item, done: false, note })),
  ];
  const client = await connected(cli, flags);
  const facts = { kind: 'checklist', items } as const;
  cli.answer(flags, await client.sayEvidence({ release: second, name: first, facts }), evidenceLine);
}

async function showChecklists(cli: Cli, flags: ChecklistFlags, release: string): Promise<void> {
  if (flags.to === undefined)
    throw new Failure('invalid', 'checklist-where', 'It does not say which checklist.', {
      wayOut: `Show those on the way to an environment: rung checklist ${release} --to ENVIRONMENT`,
    });
  const client = await connected(cli, flags);
  const { admission } = await client.why(release, flags.to);
  const lists = admission.gates.filter(({ kind }) => kind === 'checklist');
  cli.answer(flags, { items: lists }, (view, look) => checklistLines(view.items, look));
}

export interface RollbackPlanFlags extends ConnectionFlags {
  readonly steps?: string;
  readonly minutes?: number;
  readonly dataStaysReadable?: boolean;
  readonly read?: boolean;
  readonly yes?: boolean;
  readonly to?: string;
}

export async function rollbackPlan(cli: Cli, flags: RollbackPlanFlags, release: string): Promise<void> {
  const client = await connected(cli, flags);
  if (flags.steps !== undefined) {
    const facts = await writtenPlan(cli, flags, flags.steps);
    return cli.answer(flags, await client.sayEvidence({ release, facts }), evidenceLine);
  }
  const plan = await newestPlan(client, release);
  const shown = flags.read === true ? await readPlan(cli, client, flags, { release, plan }) : plan;
  const gate = flags.to === undefined ? null : await planGate(client, release, flags.to);
  cli.answer(flags, gate === null ? shown : { ...shown, gate }, (_, look) => [
    ...planTextLines(shown, look),
    ...(gate === null ? [] : ['', printableLine(gate.says)]),
  ]);
}

/** It is shown first: since somebody looked at it, it may have been written anew. */
async function readPlan(
  cli: Cli,
  client: RungClient,
  flags: RollbackPlanFlags,
  { release, plan }: { readonly release: string; readonly plan: EvidenceView },
): Promise<EvidenceView> {
  if (flags.yes !== true) {
    for (const line of planTextLines(plan, cli.look())) cli.note(line);
    await confirm(cli, 'Say in your name that you have read this?', flags);
  }
  return client.readRollbackPlan(release, plan.id);
}

async function writtenPlan(cli: Cli, { minutes, dataStaysReadable }: RollbackPlanFlags, file: string) {
  if (minutes === undefined)
    throw new Failure(
      'invalid',
      'rollback-plan-without-time',
      'It does not say how long taking it back takes.',
      {
        wayOut: 'Say it, for example --minutes 5.',
      },
    );
  const steps = await readFile(resolve(cli.cwd, file), 'utf8').catch((cause: unknown) => {
    throw new Failure('absent', 'file-unreadable', `There is no file ${file} that can be read.`, {
      wayOut: 'Name a text file with the steps.',
      cause,
    });
  });
  return { kind: 'rollback-plan', steps, minutes, dataStaysReadable: dataStaysReadable ?? false } as const;
}

async function newestPlan(client: RungClient, release: string): Promise<EvidenceView> {
  const { items } = await client.evidence(release, { kind: 'rollback-plan', limit: 1 });
  const [plan] = items;
  if (plan !== undefined) return plan;
  throw new Failure('absent', 'rollback-plan-missing', `${release} has no rollback plan yet.`, {
    wayOut: `Write it down: rung rollback-plan ${release} --steps FILE --minutes 5`,
  });
}

async function planGate(client: RungClient, release: string, to: string) {
  const { admission } = await client.why(release, to);
  return admission.gates.find(({ kind }) => kind === 'rollback-plan') ?? null;
}
