/** One message of a stream of server-sent events. A comment line, the server's heartbeat, is a message of its own. */
export interface StreamMessage {
  readonly event: string;
  readonly data: string;
  readonly id: string | null;
}

/**
 * Reads server-sent events (WHATWG HTML, 9.2) from an answer's body. Heartbeats are handed on as `heartbeat`, which the
 * browser's own EventSource hides: they alone tell a quiet stream from a dead one.
 */
export async function* readEventStream(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamMessage> {
  const blocks = createBlockReader();
  const text = body.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>);
  for await (const chunk of text) {
    for (const block of blocks(chunk)) yield messageOf(block);
  }
}

/** Cuts a text that comes in pieces at its empty lines. */
function createBlockReader(): (chunk: string) => readonly string[] {
  let rest = '';
  return (chunk) => {
    const parts = (rest + chunk.replaceAll('\r', '')).split('\n\n');
    rest = parts.pop() ?? '';
    return parts.filter((part) => part !== '');
  };
}

export function messageOf(block: string): StreamMessage {
  const data: string[] = [];
  let event = 'message';
  let id: string | null = null;
  for (const line of block.split('\n')) {
    const [, name = '', value = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
    if (name === 'data') data.push(value);
    if (name === 'event') event = value;
    if (name === 'id') id = value;
  }
  return data.length === 0 ? { event: 'heartbeat', data: '', id } : { event, data: data.join('\n'), id };
}
