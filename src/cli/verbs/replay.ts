import { resolve } from 'node:path';
import { Failure } from '../../domain/failure.ts';
import type { Cli } from '../cli.ts';
import { connected } from '../connect.ts';
import type { ConnectionFlags } from '../find/place.ts';
import { simulatorOf } from '../find/scenarios.ts';
import { comparisonLines } from '../render/comparison.ts';
import type { RungClient } from '../rung-client.ts';

export interface ReplayFlags extends ConnectionFlags {
  readonly file?: string;
}

/** Judges what was measured in a rollout once more, by the rules in a project file. */
export async function replayFrom(cli: Cli, flags: ReplayFlags, which: string): Promise<void> {
  const simulator = await simulatorOf(cli, resolve(cli.cwd, flags.file ?? 'rung.yaml'));
  const client = await connected(cli, flags);
  const recording = await client.recording(await rolloutNamed(client, which));
  cli.answer(flags, simulator.compare(recording), comparisonLines);
}

/** By its id, or the latest into an environment that was judged: what went in all at once was not. */
async function rolloutNamed(client: RungClient, which: string): Promise<string> {
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u.test(which)) return which;
  const { items } = await client.promotions({ environment: which, open: false, limit: 50 });
  for (const { state } of items) {
    const id = 'rollout' in state ? state.rollout : null;
    if (id !== null && (await client.rollout(id)).reasonAllAtOnce === null) return id;
  }
  throw new Failure('absent', 'rollout-unknown', `Nothing was rolled out into ${which} by canary yet.`, {
    wayOut: 'Name an environment or the id of a rollout: rung log shows them.',
  });
}
