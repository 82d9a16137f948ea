/** A project as small as can be: one service that climbs from dev to prod. */
export const projectFiles = (): Readonly<Record<string, string>> => ({
  'rung.yaml': projectFile(),
  'web/server.js': server,
  'web/habit.json': habit('1.0.0'),
  'web/package.json': '{ "private": true, "type": "module" }\n',
});

/** What the service answers with, and how it misbehaves. */
export const habit = (version: string, misbehaviour = ''): string =>
  JSON.stringify({ version, misbehaviour });

export const projectFile = (rollout = '', prodDeploys = 'automatic'): string => `rung: 1
project: endurance
roles:
  lead: { members: [ada@example.org, bo@example.org], contact: "#leads" }
services:
  web:
    path: web
    run: [node, server.js]
    health: { path: /healthz, every: 200ms, timeout: 10s, start-within: 20s }
    stop-within: 1s
    probe: { path: /, per-second: 20 }
environments:
  dev: { tier: development, source: develop, deploy: on-merge }
  prod: { tier: production, deploy: ${prodDeploys} }
pipelines:
  main:
    - environment: dev
    - environment: prod
${rollout}`;

/**
 * Only what a test does to it holds or takes back such a rollout, and not that the machine is slow: nowhere is evidence waited for
 * in vain, and answers that come later than those of the canary, because something else began to compute, ask nobody.
 */
export const canary = `      rollout:
        canary: [{ percent: 50, for: 3s, maximum: 10m }, { percent: 100, maximum: 10m }]
        watch: 3s
        rollback: [{ errors: "> 5%", for: 3s }, { health: failing }]
        ask: [{ p95: "> 999x baseline" }]
        lease: 20s
        drain: 1s
`;

const server = `import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
const { version, misbehaviour } = JSON.parse(readFileSync(new URL('habit.json', import.meta.url), 'utf8'));
if (misbehaviour === 'dies') { console.log('no luck today'); process.exit(3); }
if (misbehaviour === 'floods') setInterval(() => process.stdout.write('x'.repeat(50_000)), 1);
let isSpoilt = false;
const server = createServer((request, response) => {
  if (misbehaviour === 'can be spoilt' && request.url === '/spoil') isSpoilt = true;
  if (isSpoilt && request.url !== '/healthz') return response.writeHead(500).end(version);
  const isSick = misbehaviour === 'never healthy' && request.url === '/healthz';
  response.writeHead(isSick ? 500 : 200).end(version);
});
server.listen(Number(process.env.PORT), process.env.HOST);
process.on('SIGTERM', () => {
  if (misbehaviour !== 'ignores SIGTERM') server.close(() => process.exit(0));
  server.closeIdleConnections();
});
`;

const threeRungs = `    - environment: staging
${canary}    - environment: prod
      approvals: { count: 2, from: [lead], not-requester: false }`;

/** Three rungs: somebody asks for staging, where it takes some seconds, and two approve for prod. */
export const ladderOfThree = (): string =>
  projectFile('', 'manual')
    .replace('  prod: {', '  staging: { tier: staging, deploy: manual }\n  prod: {')
    .replace('    - environment: prod', threeRungs);
