import type { Chance } from '../../../../src/simulate/chance.ts';
import { parseProjectFile, type ParsedProjectFile } from '../../../../src/lifecycle/declare/parse.ts';

export const environmentNames = ['dev', 'test', 'prod'] as const;
/** The project that a history is about; another one may lie in the same store. */
export const projectName = 'access';

const neighbourText = `
rung: 1
project: neighbour
roles:
  engineering-lead: { members: [ada@example.org] }
services:
  web: { path: web, run: [node, server.js], health: /healthz }
  orders: { path: orders, run: [node, server.js], health: /healthz }
environments:
  dev: { tier: development, source: develop, deploy: on-merge }
pipelines:
  main:
    - environment: dev
`;

export const serviceNames = ['web', 'orders'] as const;
export const members = ['ada@example.org', 'bo@example.org', 'cy@example.org', 'di@example.org'] as const;
export const stranger = 'eve@example.org';

/** What people change in their project file; each has a wording that asks for more, and one that asks for less. */
export interface Wording {
  readonly approvals: 1 | 2;
  /** Different roles among those who approve. */
  readonly distinct: 1 | 2;
  readonly soak: '1m' | '10m';
  readonly canaryFor: '20s' | '2m';
  /** The lead of quality, who comes and goes. */
  readonly quality: 'cy@example.org' | 'di@example.org';
}

export const firstWording: Wording = {
  approvals: 2,
  distinct: 2,
  soak: '1m',
  canaryFor: '20s',
  quality: 'cy@example.org',
};

/** What a project may ask for before production, besides what each does. */
export const extras = [
  'posted alarms',
  'watched alarms',
  'change request',
  'webhook',
  'review',
  'windows',
] as const;
export type Extra = (typeof extras)[number];

/** What the project of a history is like. Its ladder is short in some, so that production is reached often. */
export interface Shape {
  readonly environments: readonly EnvironmentLabel[];
  readonly extras: readonly Extra[];
  /** Another project lies in the same store, with branches, trees, versions and environments that are called the same. */
  readonly hasNeighbour: boolean;
}

export type EnvironmentLabel = (typeof environmentNames)[number];

/** Many ask for nothing special: what is to go wrong there must not wait behind gates. */
export function drawShape(chance: Chance): Shape {
  const environments = chance() < 0.4 ? (['dev', 'prod'] as const) : environmentNames;
  const often: Readonly<Record<Extra, number>> = {
    'posted alarms': 0.3,
    'watched alarms': 0.12,
    'change request': 0.3,
    webhook: 0.4,
    review: 0.3,
    windows: 0.4,
  };
  const isPlain = chance() < 0.4;
  const hasNeighbour = chance() < 0.2;
  return { environments, hasNeighbour, extras: extras.filter((one) => chance() < often[one] && !isPlain) };
}

/** The environment that production takes its releases from. */
export const beforeProd = ({ environments }: Shape): EnvironmentLabel => environments.at(-2) ?? 'dev';

export const hookName = 'scanner';

/** What the gates of production are called. */
export function gateNames({ extras: asked }: Shape): readonly string[] {
  const named: Readonly<Record<Extra, readonly string[]>> = {
    'posted alarms': ['alarms'],
    'watched alarms': ['alarms'],
    'change request': ['change-request'],
    webhook: [hookName],
    review: ['review'],
    windows: [],
  };
  return ['soak', 'validation', ...asked.flatMap((one) => named[one])];
}

const alarmSource =
  'alarms: { prometheus: { url: "http://127.0.0.1:9090", labels: { env: "{environment}" } } }';

function gatesOf({ extras: asked }: Shape, { soak }: Wording): string {
  const named: Readonly<Record<Extra, string | null>> = {
    'posted alarms': 'alarms',
    'watched alarms': asked.includes('posted alarms') ? null : 'alarms',
    'change request': '{ change-request: [engineering-lead, devops-lead] }',
    webhook: `{ webhook: { name: ${hookName}, url: "https://scanner.example.org/ask", timeout: 10m } }`,
    review: 'review',
    windows: null,
  };
  const gates = ['smoke', `{ soak: ${soak} }`, 'validation', ...asked.map((one) => named[one])];
  return gates.filter((one) => one !== null).join(', ');
}

function environmentText(name: EnvironmentLabel, { extras: asked, environments }: Shape): string {
  const more = {
    dev: ['tier: development', 'source: develop', 'deploy: on-merge'],
    test: ['tier: testing', 'deploy: automatic'],
    prod: [
      'tier: production',
      ...(asked.includes('windows') ? ['windows: ["Mon-Sun 06:00-14:00 UTC"]'] : []),
    ],
  }[name];
  const isWatched = asked.includes('watched alarms') && environments.indexOf(name) >= environments.length - 2;
  return `  ${name}: { ${[...more, ...(isWatched ? [alarmSource] : [])].join(', ')} }`;
}

const testStep = `    - environment: test
      rollout:
        canary: [{ percent: 50, for: 10s }, { percent: 100 }]
        watch: 30s
        lease: 15s
        drain: 5s
        rollback: [{ errors: "> 5%", for: 2m }]
`;

const textOf = (shape: Shape, wording: Wording): string => `
rung: 1
project: ${projectName}
roles:
  engineering-lead: { members: [ada@example.org] }
  devops-lead: { members: [bo@example.org, ada@example.org] }
  qa-lead: { members: [${wording.quality}] }
  developer: { members: [cy@example.org, di@example.org] }
services:
  web: { path: web, run: [node, server.js], health: /healthz, smoke: [node, smoke.js] }
  orders: { path: orders, run: [node, server.js], health: /healthz, smoke: [node, smoke.js] }
environments:
${shape.environments.map((name) => environmentText(name, shape)).join('\n')}
pipelines:
  main:
    - environment: dev
${shape.environments.includes('test') ? testStep : ''}    - environment: prod
      gates: [${gatesOf(shape, wording)}]
      waive: [engineering-lead]
      emergency: { from: [engineering-lead, devops-lead], second: [engineering-lead, devops-lead, qa-lead] }
      approvals: { count: ${wording.approvals}, from: [engineering-lead, devops-lead, qa-lead], distinct-roles: ${Math.min(wording.approvals, wording.distinct)}, not-requester: true, expire: 2h }
      rollout:
        canary: [{ percent: 10, for: ${wording.canaryFor} }, { percent: 50, for: 20s }, { percent: 100 }]
        watch: 90s
        lease: 30s
        drain: 10s
        rollback: [{ errors: "> 5%", for: 2m }]
`;

const parsed = new Map<string, ParsedProjectFile & { readonly text: string }>();

/** Parsed once for each wording of a shape: there are few. */
export function fileOf(shape: Shape, wording: Wording): ParsedProjectFile & { readonly text: string } {
  return parsedOnce(textOf(shape, wording));
}

export const neighbourFile = (): ParsedProjectFile & { readonly text: string } => parsedOnce(neighbourText);

function parsedOnce(text: string): ParsedProjectFile & { readonly text: string } {
  const found = parsed.get(text) ?? {
    ...parseProjectFile(new TextEncoder().encode(text), 'rung.yaml'),
    text,
  };
  parsed.set(text, found);
  return found;
}
