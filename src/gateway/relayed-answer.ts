import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import { answerPlainly, breakdownOf, reportBreakdown } from './data-path.ts';
import type { DataPath } from './data-path.ts';
import { forwardedAnswer, forwardedTrailers } from './forwarding.ts';
import type { OpenExchange, Upstream } from './upstream.ts';

/** Passes the answer to a request that has a connection of its own, and counts it as every other. */
export function relayAnswer(
  path: DataPath,
  upstream: Upstream,
  sent: ClientRequest,
  response: ServerResponse,
  requestId: string,
  startedMs: number,
): void {
  let over = false;
  let began = false;
  const elapsedMs = (): number => path.clock.monotonicMs() - startedMs;
  const open: OpenExchange = {
    leave: () => undefined,
    cut: () => {
      response.destroy();
      sent.destroy();
    },
    settle: () => undefined,
  };
  const breakDown = (error: unknown): void => {
    if (over) return;
    over = true;
    const breakdown = breakdownOf(error);
    reportBreakdown(path, upstream, breakdown, elapsedMs(), false);
    if (response.headersSent) response.destroy();
    else answerPlainly(response, breakdown.status);
  };
  const impatience = path.clock.after(path.limits.answerWithinMs, () =>
    sent.destroy(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' })),
  );
  upstream.enter(open);
  sent.on('error', breakDown);
  sent.on('upgrade', () => {
    over = true;
    impatience[Symbol.dispose]();
    upstream.exit(open);
  });
  sent.on('response', (answer) => {
    began = true;
    impatience[Symbol.dispose]();
    const latencyMs = elapsedMs();
    answer.on('error', breakDown);
    answer.on('end', () => {
      if (over) return;
      over = true;
      const status = answer.statusCode ?? null;
      upstream.counts.record({ status, latencyMs, refused: false, probe: false });
    });
    pass(answer, response, requestId);
  });
  response.on('close', () => {
    impatience[Symbol.dispose]();
    if (!over && !began) upstream.counts.abandoned += 1;
    over = true;
    upstream.exit(open);
    if (!response.writableFinished) sent.destroy();
  });
}

function pass(answer: IncomingMessage, response: ServerResponse, requestId: string): void {
  const hasBody = response.req.method !== 'HEAD' && answer.statusCode !== 204 && answer.statusCode !== 304;
  const mayHaveTrailers = hasBody && response.req.httpVersion === '1.1';
  const { headers } = forwardedAnswer(answer.rawHeaders, requestId, mayHaveTrailers);
  response.writeHead(answer.statusCode ?? 502, answer.statusMessage ?? '', headers);
  response.flushHeaders();
  answer.pipe(response, { end: false });
  answer.on('end', () => {
    const trailers = forwardedTrailers(answer.rawTrailers);
    if (trailers.length > 0 && response.chunkedEncoding) response.addTrailers(trailers);
    response.end();
  });
}
