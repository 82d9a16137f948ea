import { expect, it } from 'vitest';
import { readEventStream } from './event-stream.ts';

const message = (data: string, more: object = {}): object => ({
  kind: 'message',
  event: 'message',
  id: null,
  data,
  ...more,
});

async function read(...chunks: readonly string[]): Promise<readonly object[]> {
  const bytes = chunks.map((chunk) => new TextEncoder().encode(chunk));
  const messages: object[] = [];
  for await (const one of readEventStream(ReadableStream.from(bytes) as ReadableStream<Uint8Array>))
    messages.push(one);
  return messages;
}

it('reads an event in whatever pieces it comes', async () => {
  const text = 'id: 7\nevent: event\ndata: {"a":"ü"}\n\n';
  const whole = [message('{"a":"ü"}', { id: '7', event: 'event' })];
  for (let cut = 0; cut <= text.length; cut += 1)
    expect(await read(text.slice(0, cut), text.slice(cut))).toEqual(whole);
});

it('reads data of several lines, and every way to end a line', async () => {
  expect(await read('data: a\r\ndata:b\r\n\r\n', 'data: c\r\r')).toEqual([message('a\nb'), message('c')]);
});

it('hands on comments as signs of life, and nothing for events without data', async () => {
  expect(await read(': here\n\n', 'event: empty\n\n', 'retry: 5\n\n')).toEqual([{ kind: 'comment' }]);
});

it('leaves out what was cut off in its middle', async () => {
  expect(await read('data: whole\n\ndata: ha')).toEqual([message('whole')]);
});
