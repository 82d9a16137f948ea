import type { Cli } from '../cli.ts';
import { connected } from '../connect.ts';
import type { ConnectionFlags } from '../find/place.ts';
import { nextPageLines } from '../render/next-page.ts';
import { papersLines, releaseLines, releaseTable } from '../render/release.ts';

export interface ListFlags extends ConnectionFlags {
  readonly limit: number;
  readonly after?: string;
}

export async function list(cli: Cli, flags: ListFlags): Promise<void> {
  const client = await connected(cli, flags);
  const page = await client.releases({ limit: flags.limit, after: flags.after });
  cli.answer(flags, page, (view, look) => [
    ...releaseTable(view.items, look),
    ...nextPageLines('rung release list', { '--limit': flags.limit }, view, look),
  ]);
}

/** Of each kind; the rest is a command of its own away. */
const shownAtMost = 20;

export async function show(cli: Cli, flags: ConnectionFlags, release: string): Promise<void> {
  const client = await connected(cli, flags);
  const [found, evidence, changeRequests, waivers] = await Promise.all([
    client.release(release),
    client.evidence(release, { limit: shownAtMost }),
    client.changeRequests({ release, limit: shownAtMost }),
    client.waivers(release),
  ]);
  const whole = { ...found, evidence: evidence.items, changeRequests: changeRequests.items, waivers };
  cli.answer(flags, whole, (view, look) => [...releaseLines(view, look), ...papersLines(view, look)]);
}

export interface LiftMarkFlags extends ConnectionFlags {
  readonly reason: string;
}

export async function liftMark(cli: Cli, flags: LiftMarkFlags, release: string): Promise<void> {
  const client = await connected(cli, flags);
  cli.answer(flags, await client.liftMark(release, flags.reason), (view, look) => [
    `${look.style.good('✓')} The mark on ${view.version} is lifted; it may be promoted again.`,
  ]);
}
