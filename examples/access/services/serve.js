import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

// A release behaves as this file says: change it, commit, and see what becomes of a release that fails or is slow.
const { version, errorsInAHundred, slowByMs } = JSON.parse(
  readFileSync(new URL('answers.json', import.meta.url), 'utf8'),
);

/** Serves a list under its name, and whether it is well. */
export function serve(name, list) {
  let asked = 0;
  const server = createServer((request, response) => {
    request.resume();
    const { pathname } = new URL(request.url ?? '/', 'http://access');
    if (pathname === '/healthz') return json(response, 200, { status: 'ok', version });
    if (pathname !== `/${name}`) return json(response, 404, { error: 'not found' });
    asked += 1;
    const fails = (asked * errorsInAHundred) % 100 < errorsInAHundred;
    const [status, body] = fails ? [500, { error: 'out of order' }] : [200, { version, [name]: list }];
    setTimeout(() => json(response, status, body), slowByMs);
  });
  server.listen(Number(process.env.PORT), process.env.HOST ?? '127.0.0.1', () => {
    console.log(`${name} ${version} listens on port ${server.address().port}`);
  });
  process.on('SIGTERM', () => {
    server.close(() => process.exit(0));
    server.closeIdleConnections();
  });
}

function json(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
