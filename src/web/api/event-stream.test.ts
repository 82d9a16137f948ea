import { expect, it } from 'vitest';
import { readEventStream, type StreamMessage } from './event-stream.ts';

async function read(...chunks: readonly string[]): Promise<readonly StreamMessage[]> {
  const body = new ReadableStream<Uint8Array>({
    start: (stream) => {
      for (const chunk of chunks) stream.enqueue(new TextEncoder().encode(chunk));
      stream.close();
    },
  });
  const messages: StreamMessage[] = [];
  for await (const message of readEventStream(body)) messages.push(message);
  return messages;
}

it('reads an event that comes in pieces', async () => {
  expect(await read('id: 7\neve', 'nt: event\nda', 'ta: {"a":1}\n', '\n')).toEqual([
    { event: 'event', data: '{"a":1}', id: '7' },
  ]);
});

it('hands on a comment as the sign of life it is', async () => {
  expect(await read(': still here\n\n')).toEqual([{ event: 'heartbeat', data: '', id: null }]);
});

it('reads figures, which have no place in the log and so no id', async () => {
  expect(await read('event: figures\r\ndata: {}\r\n\r\n')).toEqual([
    { event: 'figures', data: '{}', id: null },
  ]);
});

it('leaves an event alone that was cut off in its middle', async () => {
  expect(await read('data: whole\n\ndata: ha')).toEqual([{ event: 'message', data: 'whole', id: null }]);
});
