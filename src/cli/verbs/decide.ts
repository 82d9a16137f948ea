import { Failure } from '../../domain/failure.ts';
import { confirm } from '../ask.ts';
import type { Cli } from '../cli.ts';
import { connected } from '../connect.ts';
import { openPromotion } from '../find/promotion.ts';
import type { ConnectionFlags } from '../find/place.ts';
import { printable } from '../render/printable.ts';
import { phaseText, promotionLines, promotionTitle } from '../render/promotion.ts';
import type { Look } from '../render/look.ts';
import type { PromotionView } from '../rung-client.ts';

export interface ApproveFlags extends ConnectionFlags {
  readonly comment?: string;
  readonly yes?: boolean;
  readonly emergency?: boolean;
}

export async function approve(cli: Cli, flags: ApproveFlags, which: string): Promise<void> {
  const client = await connected(cli, flags);
  const emergency = flags.emergency === true;
  const promotion = await openPromotion(client, which, emergency);
  if (flags.yes !== true) {
    await showFirst(cli, promotion);
    await confirm(cli, `${emergency ? 'Confirm' : 'Approve'} ${promotionTitle(promotion)}?`, flags);
  }
  const approved = await client.approve(promotion.id, {
    planHash: promotion.plan.hash,
    comment: flags.comment,
    ...(emergency && { emergency }),
  });
  cli.answer(flags, approved, decided(emergency ? 'Confirmed' : 'Approved'));
}

export interface RejectFlags extends ConnectionFlags {
  readonly reason: string;
}

export async function reject(cli: Cli, flags: RejectFlags, which: string): Promise<void> {
  const client = await connected(cli, flags);
  const promotion = await openPromotion(client, which);
  cli.answer(flags, await client.reject(promotion.id, flags.reason), decided('Rejected'));
}

export async function withdraw(cli: Cli, flags: ConnectionFlags, which: string): Promise<void> {
  const client = await connected(cli, flags);
  const promotion = await openPromotion(client, which);
  cli.answer(flags, await client.withdraw(promotion.id), decided('Withdrawn'));
}

/** On stderr, so that the answer stays alone on stdout. */
async function showFirst(cli: Cli, promotion: PromotionView): Promise<void> {
  if (cli.stdin.isTTY !== true)
    throw new Failure('invalid', 'confirmation-needed', 'Nobody is here to look at the plan and say yes.', {
      wayOut: `Look at it with \`rung why\`, then say --yes: rung approve ${promotion.id} --yes`,
    });
  for (const line of promotionLines(printable(promotion), cli.look())) cli.note(line);
  cli.note('');
}

const decided =
  (what: string) =>
  (promotion: PromotionView, look: Look): readonly string[] => [
    `${look.style.good('✓')} ${what}: ${promotionTitle(promotion)}, ${phaseText(promotion, look)}`,
  ];
