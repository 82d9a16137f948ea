import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Failure } from '../../domain/failure.ts';
import { client } from './calls.ts';
import { LiveStream } from './live.ts';
import type { EventView } from './views.ts';

const encoder = new TextEncoder();
const eventAt = (position: number): Uint8Array =>
  encoder.encode(`event: event\nid: ${position}\ndata: ${JSON.stringify({ position })}\n\n`);

const answers: (() => Promise<{ data: ReadableStream<Uint8Array> }>)[] = [];
const asked: unknown[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('addEventListener', () => undefined);
  vi.stubGlobal('removeEventListener', () => undefined);
  answers.length = 0;
  asked.length = 0;
  vi.spyOn(client, 'GET').mockImplementation((async (_path: string, init: { params: { query: unknown } }) => {
    asked.push(init.params.query);
    return (await answers.shift()?.()) ?? new Promise(() => undefined);
  }) as never);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const refusal = async () => {
  throw new Failure('invalid', 'answer-foreign', 'What answered (404) is not Rung.');
};
const stream =
  (...chunks: readonly Uint8Array[]) =>
  async () => ({
    data: new ReadableStream<Uint8Array>({
      start: (controller) => chunks.forEach((chunk) => controller.enqueue(chunk)),
    }),
  });

function following() {
  const events: EventView[] = [];
  const live = new LiveStream({
    event: (event) => events.push(event),
    figures: () => undefined,
    resumed: () => undefined,
  });
  const follow = live.start('p', 4);
  return { live, positions: () => events.map(({ position }) => position), ...follow };
}

it('comes back by itself from an answer that says no, from where it was', async () => {
  answers.push(stream(eventAt(5)), refusal, stream(eventAt(6)));
  using page = following();
  await vi.advanceTimersByTimeAsync(0);
  expect(page.live.connection().state).toBe('live');
  await vi.advanceTimersByTimeAsync(36_000);
  expect(page.live.connection().state).toBe('lost');
  await vi.advanceTimersByTimeAsync(15_000);
  expect([page.live.connection().state, page.positions()]).toEqual(['live', [5, 6]]);
  expect(asked).toEqual([{ after: 4 }, { after: 5 }, { after: 5 }]);
});

it('tries again at once for a person, whatever was answered last', async () => {
  answers.push(refusal, stream(eventAt(5)));
  using page = following();
  await vi.advanceTimersByTimeAsync(0);
  expect(page.live.connection().state).toBe('lost');
  page.live.retryNow();
  await vi.advanceTimersByTimeAsync(0);
  expect(page.live.connection().state).toBe('live');
});

it('says that it is lost where nobody answers at all, and asks anew', async () => {
  using page = following();
  await vi.advanceTimersByTimeAsync(36_000);
  expect(page.live.connection().state).toBe('lost');
  expect(asked.length).toBe(2);
});

it('asks no more once the session has ended', async () => {
  answers.push(async () => {
    throw new Failure('denied', 'signed-out', 'You are signed out.');
  });
  using page = following();
  await vi.advanceTimersByTimeAsync(60_000);
  expect([page.live.connection().state, asked.length]).toEqual(['signed out', 1]);
});
