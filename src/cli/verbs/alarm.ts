import type { Cli } from '../cli.ts';
import { connected } from '../connect.ts';
import type { ConnectionFlags } from '../find/place.ts';
import { alarmLines } from '../render/alarms.ts';

export interface InFlags extends ConnectionFlags {
  readonly in: string;
}

export interface FireFlags extends InFlags {
  readonly summary?: string;
  readonly link?: string;
}

export async function fire(cli: Cli, flags: FireFlags, name: string): Promise<void> {
  const client = await connected(cli, flags);
  const ask = { name, state: 'firing', summary: flags.summary, url: flags.link } as const;
  cli.answer(flags, await client.postAlarm(flags.in, ask), alarmLines(flags.in));
}

export async function resolve(cli: Cli, flags: InFlags, name: string): Promise<void> {
  const client = await connected(cli, flags);
  cli.answer(flags, await client.postAlarm(flags.in, { name, state: 'resolved' }), alarmLines(flags.in));
}

export async function list(cli: Cli, flags: ConnectionFlags, environment: string): Promise<void> {
  const client = await connected(cli, flags);
  cli.answer(flags, await client.alarms(environment), alarmLines(environment));
}
