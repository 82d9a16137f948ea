import createFetchClient, { type Middleware } from 'openapi-fetch';
import { Failure } from '../domain/failure.ts';
import type { Client } from './client.ts';
import { failureOfAnswer, isAbort } from './failure-of-answer.ts';
import type { paths } from './schema.generated.d.ts';

export type { Client } from './client.ts';
export { isTold } from '../domain/event.ts';
export { failureOfAnswer } from './failure-of-answer.ts';
export { type FollowOptions, followEvents, type News } from './follow-events.ts';
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
  return client as unknown as Client;
}

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
