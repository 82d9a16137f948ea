import { STATUS_CODES } from 'node:http';
import type { Digest, ServiceName } from '../domain/ids.ts';
import type { Clock } from '../engine/clock.ts';
import type { Deadlines } from './deadlines.ts';
import type { Limits } from './limits.ts';
import type { Router } from './router.ts';
import type { Upstream } from './upstream.ts';

/** Something an instance did that people and the agent should hear of. */
export interface UpstreamTrouble {
  readonly service: ServiceName;
  readonly artifact: Digest;
  readonly address: string;
  /** For a log: an error code, never a header or a body. */
  readonly code: string;
  readonly refused: boolean;
}

/** What every request on its way needs. */
export interface DataPath {
  readonly clock: Clock;
  readonly deadlines: Deadlines;
  readonly limits: Limits;
  readonly router: Router;
  /** Closed to new work: connections are not kept alive any more. */
  isDraining(): boolean;
  onTrouble(trouble: UpstreamTrouble): void;
  /** Requests that no version could get: no route, or a request that cannot be passed on. */
  onUnrouted(): void;
  noteDefect(thrown: unknown): void;
}

/** Counts a request its instance did not answer, and says so to whoever looks after instances. */
export function reportBreakdown(
  path: DataPath,
  upstream: Upstream,
  code: string,
  latencyMs: number,
  probe: boolean,
): void {
  const refused = code === 'ECONNREFUSED';
  upstream.counts.record({ status: null, latencyMs, refused, probe });
  path.onTrouble({
    service: upstream.service,
    artifact: upstream.target.artifact,
    address: upstream.address,
    code,
    refused,
  });
}

const sentences = {
  400: 'This request cannot be passed on.\n',
  408: 'The request did not come in time.\n',
  417: 'Nothing is expected here but 100-continue.\n',
  431: 'The head of this request is too large.\n',
  502: 'The service did not answer.\n',
  503: 'No instance of the service is ready.\n',
  504: 'The service did not answer in time.\n',
};

export type PlainStatus = keyof typeof sentences;

/** An answer of the gateway's own, in plain text. `connection` is what it says about its connection. */
export function plainAnswer(
  status: PlainStatus,
  date: string,
  connection: string,
  isToHead: boolean,
): string {
  const sentence = sentences[status];
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n`,
    `content-type: text/plain; charset=utf-8\r\ncontent-length: ${sentence.length}\r\n`,
    `cache-control: no-store\r\ndate: ${date}\r\n${connection}\r\n`,
    isToHead ? '' : sentence,
  ].join('');
}
