import type { FastifyInstance } from 'fastify';
import { Counter, Histogram, type Registry } from 'prom-client';

/** Counts what the API answers and how long it takes, by route and never by address. */
export function measureRequests(app: FastifyInstance, registry: Registry): void {
  // An API that found its port taken has left its own there, and another port is tried next.
  for (const name of ['rung_api_requests_total', 'rung_api_request_seconds'])
    registry.removeSingleMetric(name);
  const requests = new Counter({
    name: 'rung_api_requests_total',
    help: 'Requests answered, by route and status',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'rung_api_request_seconds',
    help: 'Time to the end of the answer, by route; streams are left out',
    labelNames: ['method', 'route'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    const { method } = request;
    requests.inc({ method, route, status: String(reply.statusCode) });
    if (!route.endsWith('/events')) seconds.observe({ method, route }, reply.elapsedTime / 1000);
  });
}
