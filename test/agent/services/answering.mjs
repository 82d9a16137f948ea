import { createServer } from 'node:http';

// A service as small as can be: answers with its version, or fails as it is told to.
const failing = Number(process.env.ERROR_SHARE ?? process.argv[3] ?? 0);
const version = process.argv[2] ?? process.env.RUNG_VERSION;
createServer((request, response) => {
  if (request.url === '/die') process.exit(3);
  response.statusCode = request.url !== '/healthz' && Math.random() < failing ? 500 : 200;
  response.end(version);
}).listen(Number(process.env.PORT), process.env.HOST);
process.on('SIGTERM', () => process.exit(0));
