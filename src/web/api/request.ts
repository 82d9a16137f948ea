/** An answer of the API that is not what was asked for: what happened, and what the person can do next. */
export class RequestFailed extends Error {
  override readonly name = 'RequestFailed';
  readonly status: number;
  readonly code: string;
  readonly wayOut: string | undefined;
  readonly problems: readonly string[];
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(status: number, problem: Problem) {
    super(problem.detail ?? problem.title ?? `The server answered ${status}.`);
    this.status = status;
    this.code = problem.code ?? 'unknown';
    this.wayOut = problem.wayOut;
    this.problems = (problem.problems ?? []).map((one) => one.message);
    this.facts = problem.facts ?? {};
  }
}

interface Problem {
  readonly title?: string;
  readonly detail?: string;
  readonly code?: string;
  readonly wayOut?: string;
  readonly problems?: readonly { readonly message: string }[];
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** Whether the person has to sign in before this can be answered. */
export const isSignedOut = (error: unknown): boolean =>
  error instanceof RequestFailed && error.status === 401;

/** Whether the server could not be reached at all, or is on its way up. */
export const isUnreachable = (error: unknown): boolean =>
  error instanceof RequestFailed && (error.status === 0 || error.status >= 502);

export interface Ask {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

/** Calls the API on the page's own origin. Throws `RequestFailed`, and the signal's reason when it was aborted. */
export async function request<T>(path: string, ask: Ask = {}): Promise<T> {
  const answer = await send(path, ask);
  if (!answer.ok) throw new RequestFailed(answer.status, await problemIn(answer));
  return answer.status === 204 ? (undefined as T) : ((await answer.json()) as T);
}

async function send(path: string, { method = 'GET', query = {}, body, signal }: Ask): Promise<Response> {
  const url = new URL(`/api/v1${path}`, location.origin);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  const headers = new Headers({ accept: 'application/json' });
  if (method !== 'GET') {
    headers.set('content-type', 'application/json');
    headers.set('idempotency-key', crypto.randomUUID());
  }
  try {
    return await fetch(url, {
      method,
      headers,
      body: method === 'GET' ? null : JSON.stringify(body ?? {}),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new RequestFailed(0, {
      detail: 'The control plane cannot be reached.',
      code: 'unreachable',
      wayOut: 'Check that `rung up` is still running; the page goes on by itself as soon as it answers.',
    });
  }
}

async function problemIn(answer: Response): Promise<Problem> {
  try {
    return (await answer.json()) as Problem;
  } catch {
    return {};
  }
}
