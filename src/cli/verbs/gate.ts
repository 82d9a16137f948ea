import type { Cli } from '../cli.ts';
import { connected } from '../connect.ts';
import type { ConnectionFlags } from '../find/place.ts';
import { whyLines } from '../render/promotion.ts';

export interface AskFlags extends ConnectionFlags {
  readonly to: string;
}

export async function ask(cli: Cli, flags: AskFlags, gate: string, release: string): Promise<void> {
  const client = await connected(cli, flags);
  cli.answer(flags, await client.askGate(release, { to: flags.to, gate }), (why, look) => [
    `${look.style.good('✓')} ${gate} is asked about ${why.release.version} for ${why.environment}.`,
    ...whyLines(why, look),
  ]);
}
