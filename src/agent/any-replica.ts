import { type Failure, isFailure } from '../domain/failure.ts';
import type { ControlClient } from './control-client.ts';

export interface Replicas {
  /** Paths of the sockets of all that there are or were, in the same order each time; one at least. */
  readonly sockets: () => Promise<readonly string[]>;
  /** `answerWithinMs` is asked anew for each call. */
  readonly open: (socketPath: string, answerWithinMs: () => number) => ControlClient;
  /** Where to begin: agents that begin at different places do not all ask the same one. */
  readonly first: number;
}

/** An only one is waited for: nobody else could be asked. */
const onlyWithinMs = 15_000;
const oneOfManyWithinMs = 3_000;

interface Chosen {
  readonly path: string;
  readonly client: ControlClient;
  readonly calls: Set<AbortController>;
}

/**
 * Speaks with one replica of the control plane, and with the next as soon as that one does not answer: one that is gone,
 * or one that stands still and takes calls all the same. What it is asked there and then is called off and asked of the
 * next: a message counts once, whoever takes it. Throws `control-plane-away` when none of them answers.
 */
export function anyReplica({ sockets, open, first }: Replicas): ControlClient {
  const clients = new Map<string, ControlClient>();
  let known: readonly string[] = [];
  let current: Chosen | null = null;
  const answerWithinMs = (): number => (known.length > 1 ? oneOfManyWithinMs : onlyWithinMs);

  const choose = (path: string): Chosen => {
    const client = clients.get(path) ?? open(path, answerWithinMs);
    clients.set(path, client);
    return { path, client, calls: new Set() };
  };
  const chosen = (): Chosen => (current ??= choose(known[first % known.length] ?? ''));
  /** Whoever is told first moves on; the others that were on their way to it come after. */
  const leave = (one: Chosen): void => {
    if (current === one) current = choose(known[(known.indexOf(one.path) + 1) % known.length] ?? '');
    for (const call of one.calls) call.abort();
  };
  const ask = async <T>(
    signal: AbortSignal,
    work: (client: ControlClient, signal: AbortSignal) => Promise<T>,
  ): Promise<T> => {
    known = await sockets();
    for (let left = known.length; ; left -= 1) {
      const one = chosen();
      try {
        return await calledOff(one, signal, (until) => work(one.client, until));
      } catch (thrown) {
        if (signal.aborted || left <= 1 || !isAway(thrown)) throw thrown;
        leave(one);
      }
    }
  };
  return {
    poll: (request, signal) => ask(signal, (client, until) => client.poll(request, until)),
    observe: (request, signal) => ask(signal, (client, until) => client.observe(request, until)),
    // What comes after the head of the answer is called off by the one who reads it alone.
    artifact: (digest, signal) => ask(signal, (client) => client.artifact(digest, signal)),
    close: async () => {
      await Promise.all([...clients.values()].map((client) => client.close()));
    },
  };
}

/** Called off when the replica is left, too. */
async function calledOff<T>(
  { calls }: Chosen,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const call = new AbortController();
  const end = (): void => call.abort();
  if (signal.aborted) end();
  signal.addEventListener('abort', end, { once: true });
  calls.add(call);
  try {
    return await work(call.signal);
  } finally {
    signal.removeEventListener('abort', end);
    calls.delete(call);
  }
}

const awayCodes: ReadonlySet<Failure['code']> = new Set(['control-plane-away', 'interrupted']);

/** Nobody answered, or the call was called off because nobody did. */
const isAway = (thrown: unknown): boolean => isFailure(thrown) && awayCodes.has(thrown.code);
