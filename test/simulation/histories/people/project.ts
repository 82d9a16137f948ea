import { parseProjectFile, type ParsedProjectFile } from '../../../../src/lifecycle/declare/parse.ts';

export const environmentNames = ['dev', 'test', 'prod'] as const;
export const serviceNames = ['web', 'orders'] as const;
export const members = ['ada@example.org', 'bo@example.org', 'cy@example.org', 'di@example.org'] as const;
export const stranger = 'eve@example.org';

/** What people change in their project file; each has a wording that asks for more, and one that asks for less. */
export interface Wording {
  readonly approvals: 1 | 2;
  readonly soak: '1m' | '10m';
  readonly canaryFor: '20s' | '40s';
  /** The lead of quality, who comes and goes. */
  readonly quality: 'cy@example.org' | 'di@example.org';
}

export const firstWording: Wording = {
  approvals: 2,
  soak: '1m',
  canaryFor: '20s',
  quality: 'cy@example.org',
};

const textOf = ({ approvals, soak, canaryFor, quality }: Wording): string => `
rung: 1
project: access
roles:
  engineering-lead: { members: [ada@example.org] }
  devops-lead: { members: [bo@example.org, ada@example.org] }
  qa-lead: { members: [${quality}] }
services:
  web: { path: web, run: [node, server.js], health: /healthz, smoke: [node, smoke.js] }
  orders: { path: orders, run: [node, server.js], health: /healthz, smoke: [node, smoke.js] }
environments:
  dev: { tier: development, source: develop, deploy: on-merge }
  test: { tier: testing, deploy: automatic }
  prod: { tier: production }
pipelines:
  main:
    - environment: dev
    - environment: test
      rollout:
        canary: [{ percent: 50, for: 10s }, { percent: 100 }]
        watch: 30s
        lease: 15s
        drain: 5s
        rollback: [{ errors: "> 5%", for: 2m }]
    - environment: prod
      gates: [smoke, { soak: ${soak} }, validation]
      waive: [engineering-lead]
      emergency: { from: [engineering-lead, devops-lead], second: [engineering-lead, devops-lead, qa-lead] }
      approvals: { count: ${approvals}, from: [engineering-lead, devops-lead, qa-lead], distinct-roles: ${approvals}, not-requester: true, expire: 2h }
      rollout:
        canary: [{ percent: 10, for: ${canaryFor} }, { percent: 50, for: 20s }, { percent: 100 }]
        watch: 90s
        lease: 30s
        drain: 10s
        rollback: [{ errors: "> 5%", for: 2m }]
`;

const parsed = new Map<string, ParsedProjectFile & { readonly text: string }>();

/** Parsed once for each wording: there are few. */
export function fileOf(wording: Wording): ParsedProjectFile & { readonly text: string } {
  const text = textOf(wording);
  const found = parsed.get(text) ?? {
    ...parseProjectFile(new TextEncoder().encode(text), 'rung.yaml'),
    text,
  };
  parsed.set(text, found);
  return found;
}
