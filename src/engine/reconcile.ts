import { Failure, isFailure, isWorthRetrying } from '../domain/failure.ts';
import { type Instant, type ProjectId, later } from '../domain/ids.ts';
import { keepLatest } from '../domain/latest.ts';
import type { Log } from '../domain/log.ts';
import type { Clock } from './clock.ts';
import type { Queue } from './queue.ts';
import type { Store, Transaction } from './store.ts';

/**
 * Brings one thing nearer to what it should be. Level-triggered: it looks at what is, never at what woke it, and
 * may be called once too often at any time. All it does goes through the transaction.
 */
export interface Reconciler {
  /** First part of the keys it is woken for: `<kind>/<id>`. */
  readonly kind: string;
  /** `wakeAt`: when it wants to look again though nothing happens; null when only news can change anything. */
  reconcile(
    tx: Transaction,
    project: ProjectId,
    id: string,
    now: Instant,
  ): Promise<{ readonly wakeAt: Instant | null }>;
}

export type ReconcileOutcome = 'done' | 'retried' | 'defect';

/** Told of each turn, for metrics. */
export type OnReconciled = (kind: string, outcome: ReconcileOutcome, durationMs: number) => void;

export interface Engine {
  /** Takes up what is due and what comes. */
  start(): Promise<void>;
  /** Waits for the turns that run; takes up nothing new. */
  stop(): Promise<void>;
}

export interface EngineParts {
  readonly store: Store;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly log: Log;
  readonly reconcilers: readonly Reconciler[];
  readonly onReconciled?: OnReconciled;
}

const firstDelayMs = 200;
const longestDelayMs = 60_000;
/** Longer than any delay: what was no trouble here for so long was settled by another replica. */
const troubleLastsMs = 5 * longestDelayMs;
const mostTroubles = 10_000;

/** Why a key comes again. */
interface Trouble {
  readonly attempts: number;
  readonly code: string;
  /** On the monotonic clock. */
  readonly lastMs: number;
}

/** The loop: load, decide, and commit state, events and the next wake-up at once. */
export function createEngine(parts: EngineParts): Engine {
  const { store, queue, clock, log } = parts;
  const byKind = new Map(parts.reconcilers.map((one) => [one.kind, one]));
  if (byKind.size !== parts.reconcilers.length) {
    throw new Failure('defect', 'reconciler-doubled', 'Two reconcilers have the same kind.');
  }
  const troubles = new Map<string, Trouble>();
  const troubleOf = (place: string): Trouble | undefined => {
    const found = troubles.get(place);
    return found !== undefined && clock.monotonicMs() - found.lastMs < troubleLastsMs ? found : undefined;
  };

  const turn = async (key: string, project: ProjectId): Promise<void> => {
    const { kind, id } = partsOf(key);
    const reconciler = byKind.get(kind);
    if (reconciler === undefined) throw unknownKind(kind);
    await store.transaction(async (tx) => {
      const { wakeAt } = await reconciler.reconcile(tx, project, id, clock.now());
      if (wakeAt !== null) await tx.wake([{ key, project, at: wakeAt }]);
    });
  };

  /** Comes again later, each time later than before. Throws where even that cannot be written: the queue keeps it. */
  const comeAgain = async (key: string, project: ProjectId, thrown: unknown): Promise<void> => {
    const { code } = codeOf(thrown);
    const place = `${project}/${key}`;
    const before = troubleOf(place);
    const attempts = (before?.attempts ?? 0) + 1;
    keepLatest(troubles, mostTroubles, place, { attempts, code, lastMs: clock.monotonicMs() });
    const delayMs = Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(attempts - 1, 20));
    if (before?.code !== code) report(log, { key, project, delayMs, code }, thrown);
    await store.transaction((tx) => tx.wake([{ key, project, at: later(clock.now(), delayMs) }]));
  };

  const work = async (key: string, project: ProjectId): Promise<void> => {
    const startedMs = clock.monotonicMs();
    let outcome: ReconcileOutcome = 'done';
    try {
      await turn(key, project);
      troubles.delete(`${project}/${key}`);
    } catch (thrown) {
      outcome = codeOf(thrown).outcome;
      await comeAgain(key, project, thrown);
    } finally {
      parts.onReconciled?.(partsOf(key).kind, outcome, clock.monotonicMs() - startedMs);
    }
  };

  return { start: () => queue.start(work), stop: () => queue.stop() };
}

function partsOf(key: string): { readonly kind: string; readonly id: string } {
  const slash = key.indexOf('/');
  return slash < 0 ? { kind: key, id: '' } : { kind: key.slice(0, slash), id: key.slice(slash + 1) };
}

const unknownKind = (kind: string): Failure =>
  new Failure('unavailable', 'reconciler-unknown', `Nothing here reconciles "${kind}".`, {
    wayOut: 'A newer replica may have asked for it. It is tried again; update this one.',
  });

/** A conflict is what another replica changed first: looking again is all it takes. */
function codeOf(thrown: unknown): { readonly code: string; readonly outcome: ReconcileOutcome } {
  if (!isFailure(thrown))
    return { code: thrown instanceof Error ? thrown.name : 'thrown', outcome: 'defect' };
  const isRetried = isWorthRetrying(thrown.kind) || thrown.kind === 'conflict';
  return { code: thrown.code, outcome: isRetried ? 'retried' : 'defect' };
}

function report(log: Log, facts: object, thrown: unknown): void {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (codeOf(thrown).outcome === 'retried') log.warn(facts, `Trying again later: ${message}`);
  else log.error({ ...facts, stack: thrown instanceof Error ? thrown.stack : undefined }, message);
}
