import { confirm } from '../ask.ts';
import type { Cli } from '../cli.ts';
import { connected } from '../connect.ts';
import { positionNow } from '../find/position.ts';
import type { ConnectionFlags } from '../find/place.ts';
import { printable } from '../render/printable.ts';
import { planLines, promotionLines, promotionTitle } from '../render/promotion.ts';
import { watchPromotion } from '../watch/promotion.ts';

export interface RollbackFlags extends ConnectionFlags {
  readonly reason: string;
  readonly to?: string;
  readonly service?: readonly string[];
  readonly dryRun?: boolean;
  readonly watch?: boolean;
  readonly yes?: boolean;
}

export default async function rollback(cli: Cli, flags: RollbackFlags, environment: string): Promise<void> {
  const client = await connected(cli, flags);
  const { to, reason, service: services } = flags;
  const ask = { environment, to, reason, services };
  const planned =
    flags.yes === true && flags.dryRun !== true ? null : await client.rollBack({ ...ask, dryRun: true });
  if (flags.dryRun === true && planned !== null) {
    cli.answer(flags, planned, (view, look) => [
      look.style.faint('Nothing was done: this is what would happen.'),
      ...promotionLines(view, look),
    ]);
    return;
  }
  if (planned !== null) {
    for (const line of planLines(printable(planned.plan), cli.look())) cli.note(line);
    await confirm(cli, `${promotionTitle(planned)}?`, flags);
  }
  const since = flags.watch === true ? await positionNow(client) : 0;
  const promotion = await client.rollBack(ask);
  if (flags.watch === true)
    await watchPromotion(cli, client, promotion, { json: flags.json === true, since });
  else
    cli.answer(flags, promotion, (view, look) => [
      ...promotionLines(view, look),
      '',
      `Next: rung watch ${view.environment}`,
    ]);
}
