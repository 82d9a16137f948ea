/** One message of a stream of server-sent events; a comment, the other end's sign of life, is a message of its own. */
export type StreamMessage =
  | { readonly kind: 'message'; readonly event: string; readonly id: string | null; readonly data: string }
  | { readonly kind: 'comment' };

const longestMessage = 8 * 1024 * 1024;

/**
 * Reads server-sent events (WHATWG HTML, 9.2.6) until they end or the signal is aborted. What was cut off in its middle
 * is left out. The signal of the request alone is not enough: the request is forgotten by the garbage collector once
 * its answer has come, and with it goes what passes the signal on.
 */
export async function* readEventStream(
  body: ReadableStream<Uint8Array>,
  signal?: AbortSignal,
): AsyncGenerator<StreamMessage> {
  let rest = '';
  const text = new TextDecoder();
  const reader = body.getReader();
  const stop = (): void => void reader.cancel().catch(() => undefined);
  signal?.addEventListener('abort', stop, { once: true });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      rest += text.decode(value, { stream: true });
      const blocks = rest.split(/\r\n\r\n|\n\n|\r\r/);
      rest = blocks.pop() ?? '';
      if (rest.length > longestMessage) throw new RangeError('a message of the stream is longer than 8 MiB');
      for (const block of blocks) yield* messagesOf(block);
    }
  } finally {
    signal?.removeEventListener('abort', stop);
    await reader.cancel().catch(() => undefined);
  }
}

function* messagesOf(block: string): Generator<StreamMessage> {
  const data: string[] = [];
  let event = 'message';
  let id: string | null = null;
  for (const line of block.split(/\r\n|\n|\r/)) {
    const [name, value] = fieldOf(line);
    if (name === '' && line.startsWith(':')) yield { kind: 'comment' };
    else if (name === 'data') data.push(value);
    else if (name === 'event') event = value;
    else if (name === 'id') id = value;
  }
  if (data.length > 0) yield { kind: 'message', event, id, data: data.join('\n') };
}

function fieldOf(line: string): readonly [string, string] {
  const colon = line.indexOf(':');
  if (colon === -1) return [line, ''];
  const value = line.slice(colon + 1);
  return [line.slice(0, colon), value.startsWith(' ') ? value.slice(1) : value];
}
