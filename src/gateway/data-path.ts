import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Digest, ServiceName } from '../domain/ids.ts';
import type { Clock } from '../engine/clock.ts';
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
  readonly limits: Limits;
  readonly router: Router;
  /** Closed to new work: connections are not kept alive any more. */
  isDraining(): boolean;
  onTrouble(trouble: UpstreamTrouble): void;
  /** Requests that no version could get: no route, or a request that cannot be passed on. */
  onUnrouted(): void;
}

/** How a request to an instance failed, as its client is told. */
export interface Breakdown {
  readonly status: 502 | 504;
  readonly code: string;
  readonly refused: boolean;
}

const timeouts = new Set([
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ETIMEDOUT',
]);

export function breakdownOf(error: unknown): Breakdown {
  const code = codeOf(error);
  return { status: timeouts.has(code) ? 504 : 502, code, refused: code === 'ECONNREFUSED' };
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' ? code : error.name;
}

/** Counts a request its instance did not answer, and says so to whoever looks after instances. */
export function reportBreakdown(
  path: DataPath,
  upstream: Upstream,
  breakdown: Breakdown,
  latencyMs: number,
  probe: boolean,
): void {
  upstream.counts.record({ status: null, latencyMs, refused: breakdown.refused, probe });
  path.onTrouble({
    service: upstream.service,
    artifact: upstream.target.artifact,
    address: upstream.address,
    code: breakdown.code,
    refused: breakdown.refused,
  });
}

const sentences: Record<number, string> = {
  400: 'This request cannot be passed on.\n',
  502: 'The service did not answer.\n',
  503: 'No instance of the service is ready.\n',
  504: 'The service did not answer in time.\n',
};

/** An answer of the gateway's own, in plain text. Nothing once an answer has begun. */
export function answerPlainly(response: ServerResponse, status: 400 | 502 | 503 | 504): void {
  if (response.headersSent) return;
  const body = sentences[status] ?? '';
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  });
  response.end(body);
}

/** The instance this request goes to; null when it has been answered already, because there is none. */
export function chooseOrAnswer(
  path: DataPath,
  service: ServiceName,
  response: ServerResponse,
): Upstream | null {
  const choice = path.router.choose(service);
  if (choice.to === 'instance') return choice.upstream;
  if (choice.to === 'nobody')
    choice.counts.record({ status: null, latencyMs: 0, refused: false, probe: false });
  else path.onUnrouted();
  answerPlainly(response, 503);
  return null;
}

export function hasBody(request: IncomingMessage): boolean {
  const length = request.headers['content-length'];
  return request.headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}
