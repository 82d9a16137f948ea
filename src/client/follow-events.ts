import { Failure, isFailure, isWorthRetrying } from '../domain/failure.ts';
import { readEventStream, type StreamMessage } from './event-stream.ts';
import { isAbort } from './failure-of-answer.ts';
import type { Client } from './client.ts';
import type { EventView, RolloutView } from './views.ts';

export type News =
  /** The stream stands; what is said from here on is live. */
  | { readonly kind: 'connected' }
  | { readonly kind: 'event'; readonly event: EventView }
  /** The latest of a live rollout; never resent. */
  | { readonly kind: 'figures'; readonly rollout: RolloutView }
  /** The other end is there and has nothing to say. */
  | { readonly kind: 'alive' }
  /** The stream was cut; it will be tried again after so long. */
  | { readonly kind: 'lost'; readonly failure: Failure; readonly againInMs: number };

export interface FollowOptions {
  /** Events after this position are told; from now on where it is left out. */
  readonly after?: number;
  readonly signal: AbortSignal;
  /** Waits; rejects when the signal is aborted first. `systemClock.sleep`, or a timer of the browser's. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** A stream that says nothing, not even that it is alive, for so long is taken for dead. 45 s unless told. */
  readonly silenceMs?: number;
}

const firstPauseMs = 250;
const longestPauseMs = 10_000;

/**
 * What happens in a project, every event once and in order, until the signal is aborted. A cut stream is taken up
 * again where it was. Throws `Failure` where trying again cannot help, such as when the session has ended.
 */
export async function* followEvents(
  client: Client,
  project: string,
  options: FollowOptions,
): AsyncGenerator<News, void, void> {
  const { signal, sleep } = options;
  let position = options.after;
  let pauseMs = firstPauseMs;
  while (!signal.aborted) {
    let failure = new Failure('interrupted', 'stream-ended', 'The stream of events ended.');
    try {
      for await (const news of connect(client, project, position, options)) {
        if (news.kind === 'event') position = news.event.position;
        if (news.kind !== 'connected') pauseMs = firstPauseMs;
        yield news;
      }
    } catch (thrown) {
      if (signal.aborted) return;
      failure = worthRetrying(thrown);
    }
    if (signal.aborted) return;
    yield { kind: 'lost', failure, againInMs: pauseMs };
    await sleep(pauseMs, signal).catch(() => undefined);
    pauseMs = Math.min(longestPauseMs, pauseMs * 2);
  }
}

async function* connect(
  client: Client,
  project: string,
  after: number | undefined,
  options: FollowOptions,
): AsyncGenerator<News> {
  const ended = new AbortController();
  const end = (): void => ended.abort();
  options.signal.addEventListener('abort', end, { once: true });
  try {
    const answer = client.GET('/api/v1/projects/{project}/events', {
      params: { path: { project }, query: after === undefined ? {} : { after } },
      parseAs: 'stream',
      signal: ended.signal,
    });
    // Where the other end went without a word, a connection that is used once more brings no answer for many minutes.
    const { data } = await unlessSilent(answer, options);
    if (data === null) return;
    yield { kind: 'connected' };
    for await (const message of untilSilent(readEventStream(data, ended.signal), options))
      yield* newsOf(message);
  } finally {
    options.signal.removeEventListener('abort', end);
    ended.abort();
  }
}

function* newsOf(message: StreamMessage): Generator<News> {
  if (message.kind === 'comment') yield { kind: 'alive' };
  else if (message.event === 'event') yield { kind: 'event', event: JSON.parse(message.data) as EventView };
  else if (message.event === 'figures')
    yield { kind: 'figures', rollout: JSON.parse(message.data) as RolloutView };
}

async function* untilSilent<T>(messages: AsyncGenerator<T>, options: FollowOptions): AsyncGenerator<T> {
  for (;;) {
    const first = await unlessSilent(messages.next(), options);
    if (first.done === true) return;
    yield first.value;
  }
}

/** Throws interrupted `stream-silent` where it takes too long; whoever asked calls it off then. */
async function unlessSilent<T>(next: Promise<T>, { sleep, silenceMs = 45_000 }: FollowOptions): Promise<T> {
  const heard = new AbortController();
  const silence = sleep(silenceMs, heard.signal).then(
    () => 'silent' as const,
    () => 'heard' as const,
  );
  const first = await Promise.race([next.then((value) => ({ value })), silence]).finally(() => heard.abort());
  if (typeof first !== 'string') return first.value;
  next.catch(() => undefined);
  throw new Failure('interrupted', 'stream-silent', 'The stream of events has fallen silent.');
}

function worthRetrying(thrown: unknown): Failure {
  if (isFailure(thrown)) {
    if (isWorthRetrying(thrown.kind)) return thrown;
    throw thrown;
  }
  if (isAbort(thrown) || thrown instanceof TypeError)
    return new Failure('interrupted', 'stream-cut', 'The stream of events was cut.', { cause: thrown });
  throw thrown;
}
