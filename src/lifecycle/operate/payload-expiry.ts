import { type Instant, instant, later, type ProjectId } from '../../domain/ids.ts';
import type { Log } from '../../domain/log.ts';
import type { ProjectFile } from '../../domain/project-file/types.ts';
import type { Clock } from '../../engine/clock.ts';
import type { Reader, Store } from '../../engine/store.ts';
import { allEnvironments } from '../lookup.ts';
import { sweepEvery } from './sweeps.ts';

export interface PayloadExpiryParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** How often it looks; once a day unless told. */
  readonly everyMs?: number;
}

const dayMs = 86_400_000;
/** In one statement, and in one turn: a log of years loses its payloads over some hours, and nobody waits for it. */
const atOnce = 500;
const mostInOneTurn = 20_000;
/** With a pause and not a day: a project in which more happens each day would never come to an end. */
const betweenTurnsMs = 60_000;
/** What has expired never comes back: a machine that starts with a wrong clock has it put right by then. */
const steadyForMs = 600_000;
/** Clocks that are put right bit by bit drift by less meanwhile. */
const driftMs = 60_000;

/**
 * How long the payloads of a project's events are kept, by all the files that are in force in it; null: for ever. The
 * longest counts, so that nothing is lost which the rules of any environment still ask for.
 */
export function payloadsKeptMs(inForce: readonly Pick<ProjectFile, 'audit'>[]): number | null {
  const longest = Math.max(...inForce.map(({ audit }) => audit?.keepPayloadsMs ?? Number.POSITIVE_INFINITY));
  return Number.isFinite(longest) ? longest : null;
}

/** Lets payloads expire. Any number of replicas may run one: what has expired cannot expire again. */
export function startPayloadExpiry(parts: PayloadExpiryParts): { stop(): Promise<void> } {
  const { store, clock, log, everyMs = dayMs } = parts;
  const stopping = new AbortController();
  const isStopped = (): boolean => stopping.signal.aborted;
  const turn = async (aheadMs: number): Promise<boolean> => {
    const now = instant(Math.floor(clock.monotonicMs() + aheadMs));
    let isLeft = false;
    for (const { id } of await store.projects()) if (await expireIn(parts, id, now, isStopped)) isLeft = true;
    return isLeft;
  };
  const sweep = async (): Promise<void> => {
    try {
      const aheadMs = await steadilyAheadMs(clock, stopping.signal);
      while (await turn(aheadMs)) await clock.sleep(betweenTurnsMs, stopping.signal);
    } catch (thrown) {
      if (isStopped()) return;
      log.warn({ error: String(thrown) }, 'Payloads of old events are left for the next turn');
    }
  };
  const sweeps = sweepEvery(clock, everyMs, sweep);
  return {
    stop: async () => {
      stopping.abort();
      await sweeps.stop();
    },
  };
}

/** By how much the wall clock is ahead of the one that is never set, once that was the same for a while. */
async function steadilyAheadMs(clock: Clock, signal: AbortSignal): Promise<number> {
  const aheadMs = (): number => clock.now() - clock.monotonicMs();
  for (;;) {
    const before = aheadMs();
    await clock.sleep(steadyForMs, signal);
    if (Math.abs(aheadMs() - before) < driftMs) return before;
  }
}

/** Whether some may be left for another turn. */
async function expireIn(
  { store, log }: PayloadExpiryParts,
  project: ProjectId,
  now: Instant,
  isStopped: () => boolean,
): Promise<boolean> {
  const keptMs = payloadsKeptMs(await store.read((tx) => filesInForce(tx, project)));
  if (keptMs === null) return false;
  const before = later(now, -keptMs);
  let expired = 0;
  while (expired < mostInOneTurn && !isStopped()) {
    const count = await store.expirePayloads(project, before, atOnce);
    if (count === 0) break;
    expired += count;
  }
  if (expired > 0) log.info({ project, expired }, 'Payloads of old events have expired');
  return expired >= mostInOneTurn;
}

async function filesInForce(tx: Reader, project: ProjectId): Promise<readonly ProjectFile[]> {
  const digests = new Set((await allEnvironments(tx, project)).map(({ rules }) => rules.file));
  const files: ProjectFile[] = [];
  for (const digest of digests) {
    const kept = await tx.get(project, 'rules', digest);
    if (kept !== undefined) files.push(kept.value.file);
  }
  return files;
}
