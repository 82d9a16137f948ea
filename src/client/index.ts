import createFetchClient, { type Middleware } from 'openapi-fetch';
import { Failure } from '../domain/failure.ts';
import type { Client } from './client.ts';
import { failureOfAnswer, foreignAnswer, isAbort } from './failure-of-answer.ts';
import type { paths } from './schema.generated.d.ts';

export type { Client } from './client.ts';
export { isTold } from '../domain/event.ts';
export { failureOfAnswer } from './failure-of-answer.ts';
export { type FollowOptions, followEvents, type News } from './follow-events.ts';
export { undoneBy } from './undone-by.ts';
export type * from './views.ts';

export interface ClientOptions {
  /** For example `http://127.0.0.1:7420`; '' in a page of Rung's own. */
  readonly baseUrl: string;
  /** Sent as a bearer token. A page has its session instead. */
  readonly token?: string;
  /** On a laptop: the member to be taken for. */
  readonly actAs?: string;
  readonly fetch?: (request: Request) => Promise<Response>;
}

/**
 * A client that throws `Failure` for every answer that is not a success, just as the control plane threw it, and
 * unavailable `rung-unreachable` where there is no answer. What aborts a request is thrown as it is. Runs in Node and
 * in a browser.
 */
export function createClient({ baseUrl, token, actAs, fetch }: ClientOptions): Client {
  const client = createFetchClient<paths>({
    baseUrl,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(actAs === undefined ? {} : { 'rung-act-as': actAs }),
    },
    ...(fetch === undefined ? {} : { fetch }),
  });
  client.use(throwingFailures(baseUrl));
  const calls = methods.map((method) => [method, understood(client[method] as Call)] as const);
  return Object.fromEntries(calls) as unknown as Client;
}

const methods = ['GET', 'POST', 'PUT', 'DELETE'] as const;
type Call = (...given: readonly unknown[]) => Promise<unknown>;

/** What is read of an answer may break off, or be somebody else's: neither is a defect of ours. */
const understood =
  (call: Call): Call =>
  async (...given) => {
    try {
      return await call(...given);
    } catch (thrown) {
      if (thrown instanceof SyntaxError) throw foreignAnswer(200);
      throw brokenOff(thrown);
    }
  };

/** A body that ends before it is whole is a TypeError, in Node as in a browser. */
export const brokenOff = (thrown: unknown): unknown =>
  thrown instanceof TypeError
    ? new Failure('unavailable', 'rung-unreachable', 'Rung broke off in the middle of its answer.', {
        wayOut: 'Look whether what you asked for was done (`rung status`), then ask again.',
        cause: thrown,
      })
    : thrown;

/** What was answered. For `await answerOf(client.GET(…))`: failures were thrown already. */
export async function answerOf<T>(call: Promise<{ readonly data?: T }>): Promise<T> {
  const { data } = await call;
  if (data === undefined)
    throw new Failure('defect', 'answer-empty', 'The control plane answered with nothing.');
  return data;
}

const throwingFailures = (baseUrl: string): Middleware => ({
  onResponse: async ({ response }) => {
    if (!response.ok) throw await failureOfAnswer(response);
  },
  onError: ({ error }) => {
    if (isAbort(error)) return error as Error;
    return new Failure(
      'unavailable',
      'rung-unreachable',
      `Rung does not answer${baseUrl === '' ? '' : ` at ${baseUrl}`}.`,
      {
        wayOut: 'Check that it runs (`rung up`) and that the address is right.',
        cause: error,
      },
    );
  },
});
