import { isTold } from '../../domain/event.ts';
import { Failure } from '../../domain/failure.ts';
import type { Cli } from '../cli.ts';
import { connected } from '../connect.ts';
import type { ConnectionFlags } from '../find/place.ts';
import { positionNow } from '../find/position.ts';
import { eventLine, eventLines, lostLine } from '../render/event.ts';
import { printable } from '../render/printable.ts';
import type { EventView, RungClient } from '../rung-client.ts';

export interface LogFlags extends ConnectionFlags {
  readonly environment?: string;
  readonly follow?: boolean;
  readonly limit: number;
  readonly all?: boolean;
}

export default async function log(cli: Cli, flags: LogFlags): Promise<void> {
  const client = await connected(cli, flags);
  const { environment, limit } = flags;
  if (environment !== undefined) await client.environment(environment);
  const all = flags.all === true;
  // Looked at before the page is read: what comes in between stands on it.
  const now = flags.follow === true ? await positionNow(client) : 0;
  const page = await client.log({ environment, limit, ...(all ? { all } : {}) });
  if (flags.follow !== true) {
    cli.answer(flags, page, (view, look) =>
      view.items.length === 0 ? ['Nothing has happened yet.'] : eventLines(view.items.toReversed(), look),
    );
    return;
  }
  const oldestFirst = page.items.toReversed();
  if (flags.json === true) cli.print(oldestFirst.map((event) => JSON.stringify(event)));
  else cli.print(eventLines(printable(oldestFirst), cli.look()));
  await follow(cli, client, flags, Math.max(now, page.items[0]?.position ?? 0));
}

async function follow(cli: Cli, client: RungClient, flags: LogFlags, after: number): Promise<void> {
  for await (const news of client.follow(after, cli.signal)) {
    if (news.kind === 'lost') cli.note(lostLine(news));
    if (news.kind !== 'event' || !concerns(news.event, flags)) continue;
    cli.print([
      flags.json === true ? JSON.stringify(news.event) : eventLine(printable(news.event), cli.look()),
    ]);
  }
  if (cli.signal.aborted) throw new Failure('interrupted', 'stopped', 'Stopped.');
}

const concerns = (event: EventView, { environment, all }: LogFlags): boolean =>
  (environment === undefined || event.environment === environment) && (all === true || isTold(event.kind));
