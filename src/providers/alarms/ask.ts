import { Failure, isFailure } from '../../domain/failure.ts';

const mostBytes = 16 * 1024 * 1024;

export interface Ask {
  readonly url: string;
  /** Goes into the header and nowhere else. */
  readonly token: string | null;
  readonly signal: AbortSignal;
}

/** What a server answers with, as JSON. Throws unavailable `alarms-unreachable`, or denied `alarms-refused`. */
export async function askJson({ url, token, signal }: Ask): Promise<unknown> {
  try {
    const answer = await fetch(url, {
      signal,
      // A token must not follow to where a redirect leads.
      redirect: 'error',
      headers: { accept: 'application/json', ...(token !== null && { authorization: `Bearer ${token}` }) },
    });
    if (!answer.ok) {
      await answer.body?.cancel();
      throw refused(answer.status);
    }
    return JSON.parse(await textOf(answer)) as unknown;
  } catch (thrown) {
    throw isFailure(thrown) ? thrown : unreachable(thrown, signal);
  }
}

async function textOf(answer: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += piece.byteLength;
    if (bytes > mostBytes) throw unreadable('it answered with more than 16 MB');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

export const unreadable = (why: string): Failure =>
  new Failure('unavailable', 'alarms-unreadable', `${why}.`, {
    wayOut: 'See that the address in rung.yaml is the one of its API, without a path.',
  });

function refused(status: number): Failure {
  const isDenied = status === 401 || status === 403;
  return isDenied
    ? new Failure('denied', 'alarms-refused', `it refused us (HTTP ${status}).`, {
        wayOut: 'See that the token named under `alarms` in rung.yaml is there and may read alerts.',
      })
    : unreadable(`it answered with HTTP ${status}`);
}

function unreachable(thrown: unknown, signal: AbortSignal): Failure {
  const wayOut = 'See that it runs and can be reached from the control plane.';
  if (thrown instanceof SyntaxError) return unreadable('it did not answer with JSON');
  const why = signal.aborted ? 'no answer in time' : `no connection${causeOf(thrown)}`;
  return new Failure('unavailable', 'alarms-unreachable', `${why}.`, { wayOut, cause: thrown });
}

function causeOf(thrown: unknown): string {
  const cause: unknown = thrown instanceof Error ? thrown.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return /^[A-Z_]{2,40}$/u.test(code) ? ` (${code})` : '';
}
