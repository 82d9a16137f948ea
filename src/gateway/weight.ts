import { Failure } from '../domain/failure.ts';
import type { Digest, RolloutId, ServiceName } from '../domain/ids.ts';
import type { TrafficState, WeightSpec, WeightState } from '../domain/traffic.ts';

export type Candidates = Readonly<Record<ServiceName, Digest>>;
export type LatchEntry = TrafficState['latch'][number];

/** The weight in force. Its percent counts for nothing once it is expired or latched. */
export interface HeldWeight {
  readonly spec: WeightSpec;
  /** On the monotonic clock; null without a lease. */
  readonly deadlineMs: number | null;
  /** How long the lease was last given for. */
  readonly leasedForMs: number | null;
  readonly expired: boolean;
  /** The candidates that stood in the routes when the weight was set. It is about no other. */
  readonly covers: Candidates;
}

interface LastWord {
  readonly generation: number;
  readonly percent: number;
  readonly leaseMs: number | null;
  readonly expired: boolean;
}

/** All the gateway remembers about weights. Every function here takes one and gives the next; none reads a clock. */
export interface WeightBook {
  readonly weight: HeldWeight | null;
  /** The last word heard of each rollout. */
  readonly last: Readonly<Record<RolloutId, LastWord>>;
  readonly latch: readonly LatchEntry[];
}

export const emptyBook: WeightBook = { weight: null, last: {}, latch: [] };

const rememberedRollouts = 500;

/**
 * Puts a weight in force. The same word again changes nothing; in particular it gives no new lease.
 * @throws Failure conflict `generation-taken-back`, `generation-stale`, `generation-contradicted`
 */
export function weigh(
  before: WeightBook,
  spec: WeightSpec,
  candidates: Candidates,
  nowMs: number,
): WeightBook {
  const book = expire(before, nowMs);
  const last = book.last[spec.rollout];
  refuseLatched(book, spec);
  if (last !== undefined) refuseStale(last, spec);
  const repeated = last?.generation === spec.generation;
  if (repeated && isInForce(book, spec)) return book;
  const expired = repeated && last.expired;
  return {
    ...book,
    weight: {
      spec,
      deadlineMs: spec.leaseMs === null ? null : nowMs + spec.leaseMs,
      leasedForMs: spec.leaseMs,
      expired,
      covers: candidates,
    },
    last: remember(book.last, spec, expired),
  };
}

/**
 * @throws Failure conflict `lease-expired`, `generation-taken-back`, `weight-not-in-force`
 */
export function renew(
  before: WeightBook,
  rollout: RolloutId,
  generation: number,
  leaseMs: number,
  nowMs: number,
): WeightBook {
  const book = expire(before, nowMs);
  const { weight } = book;
  if (weight === null || !isInForce(book, { rollout, generation })) {
    throw new Failure(
      'conflict',
      'weight-not-in-force',
      `Generation ${generation} of this rollout is not in force here.`,
      {
        wayOut: 'Read the state of the gateway and set the weight that is wanted now.',
      },
    );
  }
  refuseLatched(book, { rollout, generation });
  if (weight.expired) {
    throw new Failure(
      'conflict',
      'lease-expired',
      `The lease on generation ${generation} ran out; all requests go to stable.`,
      {
        wayOut: 'A person resumes the rollout; it then continues under a newer generation.',
      },
    );
  }
  if (weight.deadlineMs === null) return book;
  return { ...book, weight: { ...weight, deadlineMs: nowMs + leaseMs, leasedForMs: leaseMs } };
}

/** Latches the rollout up to and including this generation. Never lowers what is latched already. */
export function takeBack(
  book: WeightBook,
  rollout: RolloutId,
  generation: number,
  reason: string,
): WeightBook {
  const known = book.latch.find((entry) => entry.rollout === rollout);
  if (known !== undefined && known.generation >= generation) return book;
  const others = book.latch.filter((entry) => entry.rollout !== rollout);
  return { ...book, latch: [...others, { rollout, generation, reason }] };
}

/**
 * After a change of the routes. A weight is about the candidates it was set for: when another one appears the
 * weight is lifted until somebody weighs again, so that an old word never exposes a new version.
 */
export function cover(book: WeightBook, candidates: Candidates): WeightBook {
  const { weight } = book;
  if (weight === null) return book;
  const entries = Object.entries(candidates) as [ServiceName, Digest][];
  if (entries.some(([service, artifact]) => weight.covers[service] !== artifact))
    return { ...book, weight: null };
  return { ...book, weight: { ...weight, covers: candidates } };
}

/** Marks the weight expired when its deadline has passed. It stays so for this generation. */
export function expire(book: WeightBook, nowMs: number): WeightBook {
  const { weight } = book;
  if (weight === null || weight.expired || weight.deadlineMs === null || nowMs < weight.deadlineMs)
    return book;
  return {
    ...book,
    weight: { ...weight, expired: true },
    last: remember(book.last, weight.spec, true),
  };
}

/**
 * What a restarted gateway goes on with. A deadline is only comparable within one boot of the machine; one that lies
 * further ahead than the lease is long was made by another clock. Both count as run out.
 */
export function restore(book: WeightBook, sameBoot: boolean, nowMs: number): WeightBook {
  const { weight } = book;
  if (weight === null || weight.deadlineMs === null) return book;
  const comparable = sameBoot && weight.deadlineMs - nowMs <= (weight.leasedForMs ?? 0);
  return expire(comparable ? book : { ...book, weight: { ...weight, deadlineMs: nowMs } }, nowMs);
}

/** Share of requests for the candidates at this moment, 0 to 100. */
export function effectivePercent(book: WeightBook, nowMs: number): number {
  const { weight } = book;
  if (weight === null || weight.expired || isLatched(book, weight.spec)) return 0;
  if (weight.deadlineMs !== null && nowMs >= weight.deadlineMs) return 0;
  return weight.spec.percent;
}

export function weightState(book: WeightBook, nowMs: number): WeightState | null {
  const { weight } = book;
  if (weight === null) return null;
  const { rollout, generation, percent } = weight.spec;
  return {
    rollout,
    generation,
    percent,
    effectivePercent: effectivePercent(book, nowMs),
    lease: leaseState(weight, nowMs),
  };
}

function leaseState(weight: HeldWeight, nowMs: number): WeightState['lease'] {
  if (weight.expired) return { state: 'expired' };
  if (weight.deadlineMs === null) return { state: 'none' };
  const leftMs = weight.deadlineMs - nowMs;
  return leftMs > 0 ? { state: 'held', leftMs } : { state: 'expired' };
}

function isInForce(book: WeightBook, word: Pick<WeightSpec, 'rollout' | 'generation'>): boolean {
  return book.weight?.spec.rollout === word.rollout && book.weight.spec.generation === word.generation;
}

function isLatched(book: WeightBook, word: Pick<WeightSpec, 'rollout' | 'generation'>): boolean {
  return book.latch.some((entry) => entry.rollout === word.rollout && entry.generation >= word.generation);
}

function refuseLatched(book: WeightBook, word: Pick<WeightSpec, 'rollout' | 'generation'>): void {
  if (!isLatched(book, word)) return;
  throw new Failure(
    'conflict',
    'generation-taken-back',
    `Generation ${word.generation} of this rollout was taken back here.`,
    {
      wayOut: 'Only a newer generation can expose it again.',
    },
  );
}

function refuseStale(last: LastWord, spec: WeightSpec): void {
  if (spec.generation < last.generation) {
    throw new Failure(
      'conflict',
      'generation-stale',
      `Generation ${spec.generation} is older than ${last.generation}.`,
      {
        wayOut: 'Fetch the desired state again; a newer word has been given since.',
      },
    );
  }
  const same = spec.percent === last.percent && spec.leaseMs === last.leaseMs;
  if (spec.generation === last.generation && !same) {
    throw new Failure(
      'conflict',
      'generation-contradicted',
      `Generation ${spec.generation} already said ${last.percent} % here, with another lease or share.`,
      { wayOut: 'Raise the generation to change the weight.' },
    );
  }
}

/** The oldest rollouts are forgotten first: their ids begin with the time they were made. */
function remember(before: WeightBook['last'], spec: WeightSpec, expired: boolean): WeightBook['last'] {
  const { generation, percent, leaseMs } = spec;
  const next = { ...before, [spec.rollout]: { generation, percent, leaseMs, expired } };
  const entries = Object.entries(next).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.slice(-rememberedRollouts)) as WeightBook['last'];
}
