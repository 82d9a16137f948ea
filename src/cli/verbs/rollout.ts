import { confirm } from '../ask.ts';
import type { Cli } from '../cli.ts';
import { connected } from '../connect.ts';
import { liveRollout } from '../find/promotion.ts';
import type { ConnectionFlags } from '../find/place.ts';
import { listed } from '../render/figures.ts';
import type { Look } from '../render/look.ts';
import { printable } from '../render/printable.ts';
import { rolloutHeadline } from '../render/rollout.ts';
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
