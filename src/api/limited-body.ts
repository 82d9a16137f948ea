import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Failure } from '../domain/failure.ts';

/**
 * Hands a body on as it comes, no more of it than the limit. What was not read closes the connection: it would be
 * taken for the next request there.
 */
export async function withLimitedBody<T>(
  request: FastifyRequest,
  reply: FastifyReply,
  limit: { readonly bytes: number; readonly tooLarge: (bytes: number) => Failure },
  work: (bytes: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T> {
  if (request.body !== undefined && !(request.body instanceof Readable)) throw notBytes();
  if (Number(request.headers['content-length'] ?? 0) > limit.bytes) throw limit.tooLarge(limit.bytes);
  try {
    return await work(limited(request.body ?? Readable.from([]), limit));
  } finally {
    if (!request.raw.complete) void reply.header('connection', 'close');
  }
}

async function* limited(
  payload: Readable,
  limit: { readonly bytes: number; readonly tooLarge: (bytes: number) => Failure },
): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of payload as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > limit.bytes) throw limit.tooLarge(limit.bytes);
    yield chunk;
  }
}

const notBytes = (): Failure =>
  new Failure('invalid', 'media-type-unknown', 'This route takes bytes, not JSON.', {
    wayOut: 'Send the file with `content-type: application/octet-stream`.',
  });
