import { createServer } from 'node:http';

/** A service as small as can be: answers with its version, and with errors on the share of requests it is told. */
const [version = '', errorShare = '0', habit = ''] = process.argv.slice(2);
if (habit === 'dies') process.exit(3);
if (habit === 'floods') setInterval(() => process.stdout.write('x'.repeat(50_000)), 1);
const server = createServer((request, response) => {
  if (request.url === '/die') process.exit(4);
  const fails = request.url !== '/healthz' && Math.random() < Number(errorShare);
  const isSick = request.url === '/healthz' && habit === 'never healthy';
  response.statusCode = fails || isSick ? 500 : 200;
  if (request.url === '/slow') setTimeout(() => response.end(version), 400);
  else response.end(version);
});
server.listen(Number(process.env['PORT']), process.env['HOST']);
process.on('SIGTERM', () => {
  if (habit !== 'ignores SIGTERM') process.exit(0);
});
