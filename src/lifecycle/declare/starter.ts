import type { Command } from '../../domain/project-file/types.ts';

/** What `rung init` found in a repository; see `findServices`. */
export interface FoundService {
  readonly name: string;
  /** Folder relative to the project file. */
  readonly path: string;
  readonly run: Command;
  readonly build?: Command;
}

export interface StarterInput {
  readonly projectName: string;
  readonly services: readonly FoundService[];
  /** E-mail address of whoever starts, as their git knows it. */
  readonly person?: string;
}

/** Text of a first project file, with comments where a person has to decide; it always parses. */
export function starterFile({ projectName, services, person }: StarterInput): string {
  const found = services.length > 0 ? services : [exampleService];
  return `# yaml-language-server: $schema=node_modules/@rung/rung/schemas/rung.schema.json
# What Rung needs to know of this project. \`rung check\` says what is wrong with it.
rung: 1
project: ${plainName(projectName, 'project')}

roles:
  # Who may approve, by e-mail address.
  lead: { members: [${quoted(person ?? 'you@example.org')}] }

services:
${withUniqueNames(found).map(serviceLines).join('\n')}

environments:
  dev: { tier: development, source: develop } # takes every merge to develop
  staging: { tier: staging, deploy: automatic } # follows dev by itself
  prod: { tier: production } # when a person asks

pipelines:
  main:
    - environment: dev
    - environment: staging
      # Once a service has smoke tests (\`smoke: [npm, run, smoke]\`), let them decide: gates: [smoke, { soak: 1h }]
    - environment: prod
      # One person to begin with. With two in the roles, write: count: 2
      approvals: { count: 1, from: [lead], not-requester: false }
      rollout:
        canary: [{ percent: 10, for: 5m }, { percent: 100 }]
        watch: 2h
        rollback: [{ errors: "> 5%", for: 2m }, { health: failing }]
`;
}

const exampleService: FoundService = { name: 'web', path: '.', run: ['node', 'server.js'] };

function serviceLines(service: FoundService): string {
  return [
    `  ${service.name}:`,
    `    path: ${quoted(service.path)}`,
    ...(service.build === undefined ? [] : [`    build: ${flow(service.build)}`]),
    `    run: ${flow(service.run)} # has to listen on the port in PORT`,
    '    health: / # a path that answers 200 when all is well; a cheap one such as /healthz is better',
    '    probe: / # Rung asks for this itself, so that a canary has traffic; a path that does real work is better',
  ].join('\n');
}

const flow = (command: Command): string => `[${command.map(quoted).join(', ')}]`;

/** Plain where YAML reads it as this text and nothing else, else in quotes. */
const quoted = (text: string): string =>
  /^[a-z][a-z0-9./@_-]*$/i.test(text) && !/^(true|false|null|yes|no|on|off)$/i.test(text)
    ? text
    : JSON.stringify(text);

/** A name that the project file takes, made of any text. */
export function plainName(text: string, otherwise: string): string {
  const name = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '')
    .slice(0, 40);
  const reserved = name === 'constructor' || name === 'prototype';
  return name === '' || reserved ? otherwise : name.replace(/-+$/, '');
}

function withUniqueNames(services: readonly FoundService[]): readonly FoundService[] {
  const seen = new Map<string, number>();
  return services.map((service) => {
    const name = plainName(service.name, 'web');
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return { ...service, name: count === 1 ? name : `${name.slice(0, 36)}-${count}` };
  });
}
