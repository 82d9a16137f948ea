import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { checkout } from './checkout.js';

const { version } = JSON.parse(readFileSync(new URL('version.json', import.meta.url), 'utf8'));

const server = createServer((request, response) => {
  request.resume();
  const { pathname } = new URL(request.url ?? '/', 'http://orders');
  if (pathname === '/healthz') return json(response, 200, { status: 'ok', version });
  if (pathname === '/version') return json(response, 200, { service: 'orders', version });
  if (pathname === '/orders') return json(response, 200, { service: 'orders', version, orders: [] });
  if (pathname === '/checkout') {
    const { status, body } = checkout(request.headers);
    return json(response, status, { service: 'orders', version, ...body });
  }
  return json(response, 404, { error: 'not found' });
});

// A little of the time that a database would take, so that latencies look like a real service's.
const answerAfterMs = 40;

function json(response, status, body) {
  setTimeout(() => {
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(JSON.stringify(body));
  }, answerAfterMs);
}

server.listen(Number(process.env.PORT), process.env.HOST ?? '127.0.0.1', () => {
  console.log(`orders ${version} listens on port ${server.address().port}`);
});
process.on('SIGTERM', () => {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
});
