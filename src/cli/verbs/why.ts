import type { Cli } from '../cli.ts';
import { connected } from '../connect.ts';
import type { ConnectionFlags } from '../find/place.ts';
import { whyLines } from '../render/promotion.ts';

export interface WhyFlags extends ConnectionFlags {
  readonly to: string;
}

export default async function why(cli: Cli, flags: WhyFlags, release: string): Promise<void> {
  const client = await connected(cli, flags);
  cli.answer(flags, await client.why(release, flags.to), whyLines);
}
