import type { Cli } from '../cli.ts';
import { connected } from '../connect.ts';
import type { ConnectionFlags } from '../find/place.ts';

export interface ValidateFlags extends ConnectionFlags {
  readonly note?: string;
  readonly release?: string;
}

export default async function validate(cli: Cli, flags: ValidateFlags, environment: string): Promise<void> {
  const client = await connected(cli, flags);
  const { note, release } = flags;
  cli.answer(flags, await client.validate(environment, { note, release }), (view, look) => [
    `${look.style.good('✓')} What runs in ${view.name} (${view.release?.version ?? 'mixed'}) is validated, until something else runs there.`,
  ]);
}
