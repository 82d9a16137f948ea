import type { ChangeForm, ChangePhase } from '../../domain/change-request.ts';
import { Failure } from '../../domain/failure.ts';
import type { Instant } from '../../domain/ids.ts';
import { confirm } from '../ask.ts';
import type { Cli } from '../cli.ts';
import { connected } from '../connect.ts';
import type { ConnectionFlags } from '../find/place.ts';
import { maybeMomentOf, momentOf } from '../moment.ts';
import { changeLines, changeTable } from '../render/change-request.ts';
import { nextPageLines } from '../render/next-page.ts';
import { printable } from '../render/printable.ts';
import type { ChangeRequestView } from '../rung-client.ts';

export interface FormFlags extends ConnectionFlags {
  readonly from?: string;
  readonly until?: string;
  readonly rollbackMinutes?: number;
  readonly testing?: string;
  readonly communication?: string;
  readonly type?: ChangeForm['type'];
  readonly risk?: ChangeForm['risk'];
  readonly description?: string;
  readonly reference?: string;
}

export async function create(
  cli: Cli,
  flags: FormFlags & { readonly to: string },
  release: string,
): Promise<void> {
  const form = wholeForm(flags, cli.clock.now());
  const client = await connected(cli, flags);
  cli.answer(flags, await client.createChangeRequest({ release, to: flags.to, ...form }), changeLines);
}

/** Every flag that is missing at once. */
function wholeForm(
  { from, until, rollbackMinutes, testing, communication, ...rest }: FormFlags,
  now: Instant,
): ChangeForm {
  if (
    from === undefined ||
    until === undefined ||
    rollbackMinutes === undefined ||
    testing === undefined ||
    communication === undefined
  )
    throw incomplete({
      '--from': from,
      '--until': until,
      '--rollback-minutes': rollbackMinutes,
      '--testing': testing,
      '--communication': communication,
    });
  return {
    reference: rest.reference ?? null,
    type: rest.type ?? 'normal',
    risk: rest.risk ?? 'medium',
    window: { from: momentOf('--from', from, now), to: momentOf('--until', until, now) },
    rollbackMinutes,
    testing,
    communication,
    description: rest.description ?? '',
  };
}

function incomplete(given: Readonly<Record<string, unknown>>): Failure {
  const missing = Object.keys(given).filter((flag) => given[flag] === undefined);
  return new Failure('invalid', 'change-request-incomplete', 'The change request does not say enough.', {
    wayOut: 'An example is in rung change-request create --help.',
    problems: missing.map((flag) => ({ message: `${flag} is missing.` })),
  });
}

export async function edit(cli: Cli, flags: FormFlags, id: string): Promise<void> {
  const client = await connected(cli, flags);
  const { seen, form } = await client.changeRequest(id);
  const { from, until, rollbackMinutes, testing, communication, type, risk, description, reference } = flags;
  const now = cli.clock.now();
  const window = {
    from: maybeMomentOf('--from', from, now) ?? form.window.from,
    to: maybeMomentOf('--until', until, now) ?? form.window.to,
  };
  const changes = { window, rollbackMinutes, testing, communication, type, risk, description, reference };
  cli.answer(flags, await client.editChangeRequest(id, { seen, ...changes }), changeLines);
}

export async function show(cli: Cli, flags: ConnectionFlags, id: string): Promise<void> {
  const client = await connected(cli, flags);
  cli.answer(flags, await client.changeRequest(id), changeLines);
}

export interface ListFlags extends ConnectionFlags {
  readonly release?: string;
  readonly to?: string;
  readonly state?: ChangePhase;
  readonly limit: number;
  readonly after?: string;
}

export async function list(cli: Cli, flags: ListFlags): Promise<void> {
  const client = await connected(cli, flags);
  const { release, to: environment, state, limit, after } = flags;
  const narrowed = { '--release': release, '--to': environment, '--state': state, '--limit': limit };
  const page = await client.changeRequests({ release, environment, state, limit, after });
  cli.answer(flags, page, (view, look) => [
    ...changeTable(view.items, look),
    ...nextPageLines('rung change-request list', narrowed, view, look),
  ]);
}

export interface ApproveFlags extends ConnectionFlags {
  readonly comment?: string;
  readonly yes?: boolean;
}

export async function approve(cli: Cli, flags: ApproveFlags, id: string): Promise<void> {
  const client = await connected(cli, flags);
  const change = await client.changeRequest(id);
  if (flags.yes !== true) {
    showFirst(cli, change);
    await confirm(cli, `Approve ${change.id}?`, flags);
  }
  const { seen } = change;
  const approved = await client.approveChangeRequest(change.id, { seen, comment: flags.comment });
  cli.answer(flags, approved, changeLines);
}

/** On stderr, so that the answer stays alone on stdout. */
function showFirst(cli: Cli, change: ChangeRequestView): void {
  if (cli.stdin.isTTY !== true)
    throw new Failure('invalid', 'confirmation-needed', 'Nobody is here to look at it and say yes.', {
      wayOut: `Look at it with \`rung change-request show ${change.id}\`, then say --yes.`,
    });
  for (const line of changeLines(printable(change), cli.look())) cli.note(line);
  cli.note('');
}

export async function reject(
  cli: Cli,
  flags: ConnectionFlags & { readonly reason: string },
  id: string,
): Promise<void> {
  const client = await connected(cli, flags);
  cli.answer(flags, await client.rejectChangeRequest(id, flags.reason), changeLines);
}

export async function note(
  cli: Cli,
  flags: ConnectionFlags & { readonly text: string },
  id: string,
): Promise<void> {
  const client = await connected(cli, flags);
  cli.answer(flags, await client.noteOnChangeRequest(id, flags.text), changeLines);
}
