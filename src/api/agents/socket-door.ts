import type { IncomingMessage, ServerResponse } from 'node:http';
import { Failure } from '../../domain/failure.ts';
import type { Clock } from '../../engine/clock.ts';
import { agentLimits } from '../../protocol/agent-limits.ts';
import { createBuckets } from '../security/buckets.ts';
import { problemOf } from './problem.ts';

/**
 * Holds whoever comes to the socket of one agent to what an agent needs, before anything of a request is read: a program
 * beside it, or an agent that was taken over, disturbs its own environment at most.
 */
export interface SocketDoor {
  /** Lets a request in; else answers it and is false. */
  admits(request: IncomingMessage, response: ServerResponse): boolean;
}

export function createSocketDoor(clock: Pick<Clock, 'monotonicMs'>): SocketDoor {
  const rate = createBuckets(clock, agentLimits.rate);
  const unproved = createBuckets(clock, agentLimits.unprovedRate);
  let underWay = 0;
  const waitMs = (): number => {
    if (underWay >= agentLimits.underWay) return busyWaitMs;
    return Math.max(unproved.wait(all), rate.take(all));
  };
  return {
    admits: (_request, response) => {
      const retryAfterMs = waitMs();
      if (retryAfterMs > 0) {
        refuse(response, retryAfterMs);
        return false;
      }
      underWay += 1;
      response.once('close', () => {
        underWay -= 1;
        if (response.statusCode === 401) unproved.take(all);
      });
      return true;
    },
  };
}

/** One socket, one bucket. */
const all = '';
const busyWaitMs = 1000;

function refuse(response: ServerResponse, retryAfterMs: number): void {
  const failure = new Failure('limited', 'too-many-calls', 'These are more calls than an agent makes.', {
    wayOut:
      'Go on after the time that Retry-After says; if it is not the agent that calls, find out who does.',
  });
  response
    .writeHead(429, {
      'content-type': 'application/problem+json',
      'retry-after': String(Math.ceil(retryAfterMs / 1000)),
      connection: 'close',
    })
    .end(JSON.stringify(problemOf(429, failure)));
}
