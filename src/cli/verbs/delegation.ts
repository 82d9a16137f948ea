import type { Cli } from '../cli.ts';
import { connected } from '../connect.ts';
import { openPromotion } from '../find/promotion.ts';
import type { ConnectionFlags } from '../find/place.ts';
import { momentOf } from '../moment.ts';
import { listed } from '../render/figures.ts';
import type { Look } from '../render/look.ts';
import { promotionLines } from '../render/promotion.ts';
import { fromNow } from '../render/time.ts';
import type { DelegationView } from '../rung-client.ts';

export interface DelegateFlags extends ConnectionFlags {
  readonly to: string;
  readonly until: string;
  readonly role?: readonly string[];
  readonly reason: string;
}

export async function delegate(cli: Cli, flags: DelegateFlags): Promise<void> {
  const until = momentOf('--until', flags.until, cli.clock.now());
  const { to, role, reason } = flags;
  const client = await connected(cli, flags);
  const roles = role === undefined || role.length === 0 ? {} : { roles: role };
  cli.answer(flags, await client.delegate({ to, until, reason, ...roles }), (made, look) => [
    `${look.style.good('✓')} ${delegationLine(made, look)}`,
    `  End it before: rung delegation end ${made.id} --reason …`,
  ]);
}

export async function list(cli: Cli, flags: ConnectionFlags): Promise<void> {
  const client = await connected(cli, flags);
  cli.answer(flags, await client.delegations(), (all, look) =>
    all.length === 0
      ? ['Nobody stands in for anybody.']
      : all.flatMap((one) => [delegationLine(one, look), look.style.faint(`  ${one.id}`)]),
  );
}

const delegationLine = ({ by, to, roles, until, reason }: DelegationView, look: Look): string =>
  `${to} stands in for ${by} as ${listed(roles)}, ${until <= look.now ? 'which is over' : `until ${fromNow(until, look)}`}: ${reason}`;

export async function end(
  cli: Cli,
  flags: ConnectionFlags & { readonly reason: string },
  id: string,
): Promise<void> {
  const client = await connected(cli, flags);
  cli.answer(flags, await client.revokeDelegation(id, flags.reason), ({ by, to }, look) => [
    `${look.style.good('✓')} ${to} stands in for ${by} no more.`,
  ]);
}

export async function remind(cli: Cli, flags: ConnectionFlags, which: string): Promise<void> {
  const client = await connected(cli, flags);
  const promotion = await openPromotion(client, which, false);
  cli.answer(flags, await client.remind(promotion.id), (view, look) => promotionLines(view, look));
}
