import { digestOfJson } from '../domain/canonical.ts';
import { Failure } from '../domain/failure.ts';
import type { Clock } from '../engine/clock.ts';

const dayMs = 86_400_000;
const mostAnswers = 10_000;
/** All that is kept may take so much memory. */
const mostCharacters = 32 * 1024 * 1024;

export interface IdempotentRequest {
  /** Who, where and under which key. */
  readonly key: string;
  readonly body: unknown;
  /** The answer holds a secret that is shown once: a second try is told so and gets nothing. */
  readonly once: boolean;
}

/**
 * Remembers answers by idempotency key for 24 h, so that a request sent twice is done once. Only what succeeded is
 * kept: a failure made nothing, and the next try may work. This one is in memory: of one replica, until it ends.
 */
export interface AnswerMemory {
  /** Conflict `idempotency-key-reused` for the same key with another body. */
  answer(request: IdempotentRequest, work: () => Promise<unknown>): Promise<unknown>;
}

interface Kept {
  readonly bodyDigest: string;
  readonly expiresAtMs: number;
  readonly answer: Promise<string | null>;
  size: number;
}

export function createAnswerMemory(clock: Pick<Clock, 'monotonicMs'>): AnswerMemory {
  const kept = new Map<string, Kept>();

  const work = async (request: IdempotentRequest, make: () => Promise<unknown>): Promise<unknown> => {
    const made = make();
    const entry: Kept = {
      bodyDigest: digestOfJson(request.body ?? null),
      expiresAtMs: clock.monotonicMs() + dayMs,
      answer: made.then((answer) => (request.once ? null : JSON.stringify(answer))),
      size: 0,
    };
    kept.set(request.key, entry);
    try {
      entry.size = (await entry.answer)?.length ?? 0;
    } catch {
      kept.delete(request.key);
    }
    forget(kept, clock.monotonicMs());
    return made;
  };

  return {
    answer: async (request, make) => {
      const known = kept.get(request.key);
      if (known === undefined || known.expiresAtMs <= clock.monotonicMs()) return work(request, make);
      if (known.bodyDigest !== digestOfJson(request.body ?? null)) throw reused();
      const answer = await known.answer;
      if (answer === null) throw shownOnce();
      return JSON.parse(answer) as unknown;
    },
  };
}

function forget(kept: Map<string, Kept>, nowMs: number): void {
  let characters = kept.values().reduce((sum, { size }) => sum + size, 0);
  for (const [key, { expiresAtMs, size }] of kept) {
    if (expiresAtMs > nowMs && kept.size <= mostAnswers && characters <= mostCharacters) return;
    kept.delete(key);
    characters -= size;
  }
}

const reused = (): Failure =>
  new Failure('conflict', 'idempotency-key-reused', 'This idempotency key was used for another request.', {
    wayOut: 'Use a new key for each thing you ask for; send the same body where you try again.',
  });

const shownOnce = (): Failure =>
  new Failure(
    'conflict',
    'secret-shown-once',
    'This request was done already; what it made is shown only once.',
    {
      wayOut: 'If you did not get it, revoke what was made and make another under a new key.',
    },
  );
