import type { ServerResponse } from 'node:http';
import { Failure } from '../../domain/failure.ts';
import type { Clock } from '../../engine/clock.ts';

/** Writes server-sent events to one reader, no faster than the reader takes them. */
export interface Sender {
  /** Resolves once the reader has room for more. Rejects interrupted `stream-closed` when there is nobody any more. */
  send(message: StreamedMessage): Promise<void>;
  /** A comment, so that both ends see that the other is there. Left out while the reader is behind. */
  beat(): void;
  end(): void;
}

export interface StreamedMessage {
  readonly event: string;
  /** Where to go on after a cut; only what has a place in the log has one. */
  readonly id?: number;
  readonly json: string;
}

/** A reader that takes nothing for `stalledMs` is cut off, so that it cannot hold memory for ever. */
export function createSender(raw: ServerResponse, clock: Clock, stalledMs: number): Sender {
  const write = async (text: string): Promise<void> => {
    if (raw.destroyed || raw.writableEnded) throw closed();
    if (!raw.write(text)) await drained(raw, clock, stalledMs);
  };
  return {
    send: ({ event, id, json }) =>
      write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${json}\n\n`),
    beat: () => {
      if (!raw.destroyed && !raw.writableEnded && !raw.writableNeedDrain) raw.write(': here\n\n');
    },
    end: () => {
      if (!raw.writableEnded) raw.end();
    },
  };
}

function drained(raw: ServerResponse, clock: Clock, stalledMs: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const onClose = (): void => reject(closed());
  const stall = clock.after(stalledMs, () => raw.destroy());
  raw.once('drain', resolve);
  raw.once('close', onClose);
  return promise.finally(() => {
    stall[Symbol.dispose]();
    raw.off('drain', resolve);
    raw.off('close', onClose);
  });
}

const closed = (): Failure =>
  new Failure('interrupted', 'stream-closed', 'The reader of the stream has gone.', {
    wayOut: 'Nothing to do: it resumes where it was.',
  });
