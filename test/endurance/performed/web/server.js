import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const { version, errorRatio, p95Ms, latencyShape } = JSON.parse(
  readFileSync(new URL('truth.json', import.meta.url), 'utf8'),
);

/** As slow as a scenario has it: so many times the p95, each with its share of the answers. */
function drawnLatencyMs() {
  let left = Math.random();
  for (const { times, share } of latencyShape) {
    left -= share;
    if (left < 0) return p95Ms * times;
  }
  return 0;
}

const server = createServer((request, response) => {
  const isHealthCheck = request.url === '/healthz';
  const fails = !isHealthCheck && Math.random() < errorRatio;
  const answer = () => response.writeHead(fails ? 500 : 200).end(JSON.stringify({ version }));
  if (isHealthCheck) answer();
  else setTimeout(answer, drawnLatencyMs());
});
server.listen(Number(process.env.PORT), process.env.HOST);
process.on('SIGTERM', () => {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
});
