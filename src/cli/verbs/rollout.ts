import { confirm } from '../ask.ts';
import type { Cli } from '../cli.ts';
import { connected } from '../connect.ts';
import { liveRollout } from '../find/promotion.ts';
import type { ConnectionFlags } from '../find/place.ts';
import { listed, share } from '../render/figures.ts';
import type { Look } from '../render/look.ts';
import { printable } from '../render/printable.ts';
import { reasonText, rolloutHeadline } from '../render/rollout.ts';
import type { RolloutView } from '../rung-client.ts';

export interface NoteFlags extends ConnectionFlags {
  readonly note: string;
}

export async function pause(cli: Cli, flags: NoteFlags, which: string): Promise<void> {
  const client = await connected(cli, flags);
  const { id } = await liveRollout(client, which);
  cli.answer(flags, await client.pause(id, flags.note), headline);
}

export async function resume(cli: Cli, flags: NoteFlags, which: string): Promise<void> {
  const client = await connected(cli, flags);
  const { id } = await liveRollout(client, which);
  cli.answer(flags, await client.resume(id, flags.note), headline);
}

export interface AdvanceFlags extends ConnectionFlags {
  readonly reason: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

/** The dry run asks the control plane, so that who may not, and what stands in the way, is said before anything is. */
export async function advance(cli: Cli, flags: AdvanceFlags, which: string): Promise<void> {
  const client = await connected(cli, flags);
  const rollout = await client.rollout((await liveRollout(client, which)).id);
  const { reason } = flags;
  if (flags.dryRun === true) {
    const planned = await client.advance(rollout.id, { reason, dryRun: true });
    cli.answer(flags, planned, (view) => [
      'Nothing was done. What would happen:',
      ...advanceEffect(printable(rollout), view),
    ]);
    return;
  }
  if (flags.yes !== true) {
    const planned = await client.advance(rollout.id, { reason, dryRun: true });
    for (const line of advanceEffect(printable(rollout), printable(planned))) cli.note(line);
  }
  await confirm(cli, `Let ${rollout.version} go on in ${rollout.environment} on thin evidence?`, flags);
  // What was shown is answered for: it may have gone on, and be held in another step by now.
  const isSeen = flags.yes !== true && rollout.state.phase === 'held';
  const seen = isSeen ? { heldSince: rollout.state.since } : {};
  cli.answer(flags, await client.advance(rollout.id, { reason, ...seen }), headline);
}

/** Where it stands, where it would go, and what goes on guarding it. */
export function advanceEffect(rollout: RolloutView, planned: RolloutView): readonly string[] {
  const why = reasonText(rollout);
  const isThrough = planned.state.phase === 'succeeded';
  return [
    ...(why === null ? [] : [`  held at ${share(rollout.wantedPercent)}: ${why}`]),
    isThrough
      ? `  ${rollout.version} is through: its watch ends now, and no rule takes it back any more`
      : `  ${rollout.version} goes to ${share(planned.wantedPercent)} of the traffic; the rules stay armed, and judge it from the start of that step`,
    '  your name and your reason go into the log',
  ];
}

export interface AbortFlags extends ConnectionFlags {
  readonly reason: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

export async function abort(cli: Cli, flags: AbortFlags, which: string): Promise<void> {
  const client = await connected(cli, flags);
  const rollout = await liveRollout(client, which);
  if (flags.dryRun === true) {
    cli.answer(flags, rollout, (view) => ['Nothing was done. What would happen:', ...abortEffect(view)]);
    return;
  }
  if (flags.yes !== true) for (const line of abortEffect(printable(rollout))) cli.note(line);
  await confirm(cli, `Take ${rollout.version} back from ${rollout.environment}?`, flags);
  cli.answer(flags, await client.abort(rollout.id, flags.reason), headline);
}

/** What taking it back means, service by service, before it is done. */
export function abortEffect(rollout: RolloutView): readonly string[] {
  const back = rollout.services.filter((service) => service.from !== null);
  const gone = rollout.services.filter((service) => service.from === null);
  return [
    ...back.map(
      (service) =>
        `  ${service.service}: all traffic goes to ${service.from ?? ''} at once, ${service.to} is drained and stopped`,
    ),
    ...(gone.length === 0
      ? []
      : [
          `  ${listed(gone.map((service) => service.service))}: nothing to fall back to, so nothing would serve`,
        ]),
    `  ${rollout.version} is marked, and automation does not try it again`,
  ];
}

const headline = (rollout: RolloutView, look: Look): readonly string[] => [
  `${look.style.strong(rollout.environment)}  ${rolloutHeadline(rollout, look)}`,
];
