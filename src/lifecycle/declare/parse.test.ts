import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { digestOf } from '../../domain/canonical.ts';
import { Failure } from '../../domain/failure.ts';
import { parseProjectFile } from './parse.ts';

const small = `rung: 1
project: shop
roles:
  leads: { members: [ada@example.org] }
services:
  web: { path: ./services/web/, run: [node, server.js], health: /healthz, probe: / }
environments:
  dev: { tier: development, source: develop }
  prod: { tier: production }
pipelines:
  main:
    - environment: dev
    - environment: prod
      gates: [smoke, { soak: 24h }]
      approvals: { from: [leads] }
      rollout: { canary: [{ percent: 10, for: 5m }, { percent: 100 }] }
`;
const parse = (text: string | Uint8Array) =>
  parseProjectFile(typeof text === 'string' ? new TextEncoder().encode(text) : text, 'rung.yaml');

function failureOf(text: string | Uint8Array): Failure {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('this was accepted');
}

/** `line:column pointer message | instead`, as a person would read them down the page. */
const problemsOf = (text: string): readonly string[] =>
  failureOf(text).problems.map(
    ({ place, pointer, message, instead }) =>
      `${place?.line}:${place?.column} ${pointer ?? ''} ${message} | ${instead ?? ''}`,
  );

describe('a small project file (LIF-1)', () => {
  it('is filled with the defaults that the rules of promotion name', () => {
    const { file, text, digest } = parse(small);
    expect(digest).toBe(digestOf(text));
    expect(file.services).toEqual({
      web: {
        path: 'services/web',
        run: ['node', 'server.js'],
        health: { path: '/healthz', everyMs: 1000, timeoutMs: 1000, startWithinMs: 30_000 },
        smokeTimeoutMs: 60_000,
        instances: 1,
        stopWithinMs: 10_000,
        probe: { path: '/', perSecond: 5 },
      },
    });
    expect(file.environments).toMatchObject({
      dev: { deploy: 'on-merge', lifecycle: { kind: 'permanent' }, ports: {} },
      prod: { deploy: 'manual', tier: 'production', purpose: 'What users use' },
    });
    expect(file.pipelines).toMatchObject({
      main: [
        { environment: 'dev', gates: [] },
        {
          gates: [{ kind: 'smoke' }, { kind: 'soak', forMs: 86_400_000 }],
          approvals: {
            count: 1,
            from: ['leads'],
            distinctRoles: 1,
            notRequester: true,
            expireMs: 86_400_000,
          },
        },
      ],
    });
  });

  it('watches for two hours and takes back at 5 % for two minutes unless it says otherwise (REL-9, REL-11)', () => {
    const { file } = parse(small);
    expect(file.pipelines['main']?.[1]?.rollout).toEqual({
      canary: [
        { percent: 10, exposureMs: 300_000, maximumMs: 1_800_000 },
        { percent: 100, exposureMs: 0, maximumMs: 0 },
      ],
      watchMs: 7_200_000,
      errors: { limit: 0.05, forMs: 120_000 },
      latency: { factor: 3 },
      leaseMs: 30_000,
      drainMs: 30_000,
    });
  });

  it('declares how long each environment lives (LIF-1)', () => {
    const lifecycle = (extra: string) =>
      parse(small.replace('source: develop', `source: develop, ${extra}`)).file.environments;
    expect(lifecycle('reset: 24h')).toMatchObject({
      dev: { lifecycle: { kind: 'reusable', resetMs: 86_400_000 } },
    });
    expect(lifecycle('ttl: 3d')).toMatchObject({
      dev: { lifecycle: { kind: 'ephemeral', ttlMs: 259_200_000 } },
    });
  });

  it('may begin with a byte order mark, end its lines as Windows does, and use an alias', () => {
    const aliased = small
      .replace('[ada@example.org]', '&us [ada@example.org]')
      .replace('services:', '  x: { members: *us }\nservices:');
    const { file } = parse(`\uFEFF${aliased.replaceAll('\n', '\r\n')}`);
    expect(file.roles).toMatchObject({ x: { members: ['ada@example.org'] } });
  });
});

describe('the example, broken in one place, says where and what to write', () => {
  let example: string;
  beforeAll(async () => {
    example = await readFile(new URL('../../../examples/ladder/rung.yaml', import.meta.url), 'utf8');
  });
  const name = 'lower case letters, digits and hyphens, starting with a letter, 40 at most';
  const duration = 'a number and a unit, for example `500ms`, `30s`, `5m`, `24h` or `7d`';

  it('is good as it stands', () => {
    expect(() => parse(example)).not.toThrow();
  });

  it.each([
    [
      'rung: 1\n',
      'rung: 2\n',
      '5:7 /rung The file is written for version 2 of the format, and this Rung reads version 1. | `rung: 1`, or a Rung that reads this file',
    ],
    ['rung: 1\n', '', '5:1  The key "rung" is missing. | `rung: 1`'],
    ['project: ladder', 'project: The Ladder', `6:10 /project "The Ladder" cannot stand here. | ${name}`],
    [
      'services:\n',
      'sevices:\n',
      '24:1 /sevices There is no key "sevices". Did you mean "services"? | services',
    ],
    [
      'tier: production',
      'tier: prodution',
      '58:11 /environments/prod/tier "prodution" cannot stand here. Did you mean "production"? | production',
    ],
    [
      'mirrors: prod',
      'mirrors: prd',
      '56:14 /environments/staging/mirrors There is no environment "prd". Did you mean "prod"? | prod',
    ],
    [
      '- environment: staging',
      '- environment: stagng',
      '68:20 /pipelines/main/2/environment There is no environment "stagng". Did you mean "staging"? | staging',
    ],
    [
      '- environment: staging',
      '- enviroment: staging',
      '68:7 /pipelines/main/2/enviroment There is no key "enviroment". Did you mean "environment"? | environment',
    ],
    [
      '- environment: staging',
      '- environment: test',
      '68:20 /pipelines/main/2/environment "test" stands in pipeline "main" already. | each environment once, so that there is one way into it',
    ],
    [
      'devops-lead, qa',
      'devops-led, qa',
      '78:34 /pipelines/main/3/approvals/from/1 There is no role "devops-led". Did you mean "devops-lead"? | devops-lead',
    ],
    [
      'count: 2',
      'count: 7',
      '76:16 /pipelines/main/3/approvals/count 7 people have to approve, but these roles have 5 between them. | 5 or fewer, or more members',
    ],
    [
      'distinct-roles: 2',
      'distinct-roles: 3',
      '77:25 /pipelines/main/3/approvals/distinct-roles 2 approvals from 4 roles cannot have 3 roles between them. | 2 or fewer',
    ],
    [
      'soak: 2s',
      'soak: 2 seconds',
      `74:17 /pipelines/main/3/gates/2/soak "2 seconds" cannot stand here. | ${duration}`,
    ],
    [
      '{ percent: 100 }',
      '{ percent: 50 }',
      '83:24 /pipelines/main/3/rollout/canary/1/percent The canary ends at 50 %. | `{ percent: 100 }` as the last step',
    ],
    [
      '{ percent: 100 }',
      '{ percent: 5 }',
      '83:24 /pipelines/main/3/rollout/canary/1/percent 5 % comes after 10 %, but the share only rises. | more than 10',
    ],
    [
      'percent: 10, for: 4s',
      'percent: 10',
      '82:13 /pipelines/main/3/rollout/canary/0 This step does not say how long it has to go well. | `{ percent: 10, for: 5m }`',
    ],
    [
      'errors: "> 5%"',
      'errors: > 5%',
      '86:23  This value starts with a character that means something to YAML. | quotes around it',
    ],
    [
      'errors: "> 5%"',
      'errors: "> 0%"',
      '86:23 /pipelines/main/3/rollout/rollback/0/errors A limit of no errors at all takes back every release. | `"> 1%"` or more',
    ],
    [
      'run: [node, server.js]',
      'run: node server.js',
      '27:10 /services/web/run "node server.js" stands here. | a list, for example `[node, server.js]`',
    ],
    [
      'path: services/web',
      'path: ../web',
      '26:11 /services/web/path This path may lead out of the repository. | a folder inside the repository, relative to this file, for example `services/web`',
    ],
    [
      'path: services/web',
      'path: /srv/web',
      '26:11 /services/web/path This path is absolute. | a folder inside the repository, relative to this file, for example `services/web`',
    ],
    [
      '    source: develop\n',
      '',
      '45:13 /environments/dev/deploy "dev" is deployed on a merge, but no branch is named. | `source: develop` beside it, or `deploy: manual`',
    ],
    [
      'source: develop',
      'source: rung/dev',
      "45:13 /environments/dev/source Branches under rung/ are Rung's own: they say what an environment should run. | a branch such as `develop`, or a pattern such as `release/v*`",
    ],
    [
      'owner: Quality',
      'ports: { wb: 80 }',
      '50:14 /environments/test/ports/wb There is no service "wb". Did you mean "web"? | web',
    ],
    [
      'owner: Quality',
      'ports: { web: 80, orders: 80 }',
      '50:31 /environments/test/ports/orders Port 80 belongs to web in test already. | a port of its own, or nothing for a free one',
    ],
    [
      'owner: Quality',
      'owner:',
      '50:11 /environments/test/owner Nothing stands here. | one line of text, 200 characters at most',
    ],
    [
      'owner: Quality',
      'reset: 1h\n    ttl: 1h',
      '51:5 /environments/test/ttl "test" cannot both be set back again and again and be removed. | `reset` for an environment that stays, or `ttl` for one that goes',
    ],
    [
      '    - environment: dev',
      '    - environment: dev\n      gates: [smoke]',
      '66:7 /pipelines/main/0/gates A gate looks at the environment before this one, and there is none. | no gates on the first step',
    ],
    [
      '[bo@example.org]',
      '[bo]',
      '14:15 /roles/devops-lead/members/0 "bo" cannot stand here. | an e-mail address, for example `ada@example.org`',
    ],
  ])('%j as %j', (good, bad, problem) => {
    expect(example).toContain(good);
    expect(problemsOf(example.replace(good, bad))).toEqual([problem]);
  });

  it('reports every problem at once, in the order of the lines', () => {
    const broken = example
      .replace('project: ladder', 'project: L')
      .replace('tier: production', 'tier: x')
      .replace('count: 2', 'count: 9')
      .replace('smoke: [node', 'smok: [node');
    expect(problemsOf(broken).map((line) => line.split(' ')[1])).toEqual([
      '/project',
      '/services/web/smok',
      '/environments/prod/tier',
      '/pipelines/main/3/approvals/count',
    ]);
  });
});

describe('a file that only looks like a project file has a named outcome (REL-14)', () => {
  const bytes = (text: string, encoding: BufferEncoding): Uint8Array => Buffer.from(text, encoding);

  it.each([
    ['nothing in it', new Uint8Array(), 'project-file-empty'],
    ['only spaces', bytes(' \n\t\n', 'utf8'), 'project-file-empty'],
    ['more than 1 MiB', new Uint8Array(1024 * 1024 + 1).fill(0x23), 'project-file-too-large'],
    ['UTF-16 with its mark', bytes(`\uFEFF${small}`, 'utf16le'), 'project-file-encoding'],
    ['UTF-16 without its mark', bytes(small, 'utf16le'), 'project-file-encoding'],
    ['Latin-1', bytes(small.replace('shop', 'café'), 'latin1'), 'project-file-encoding'],
  ])('%s', (_, input, code) => {
    const failure = failureOf(input);
    expect([failure.kind, failure.code]).toEqual(['invalid', code]);
    expect(failure.wayOut).toBeTruthy();
  });

  it('names UTF-16, and the first byte that is not UTF-8', () => {
    expect(failureOf(bytes(small, 'utf16le')).message).toContain('UTF-16 (little-endian)');
    expect(failureOf(bytes(small.replace('shop', 'café'), 'latin1')).message).toContain('0xe9 in line 2');
  });

  it.each([
    [
      'a key twice',
      small.replace('project: shop', 'project: shop\nproject: shop'),
      '3:1  This key is there already.',
    ],
    ['a tab', small.replace('  dev:', '\tdev:'), '8:1  A tab indents this line.'],
    [
      'a quote left open',
      small.replace('project: shop', 'project: "shop'),
      '17:1  A quote or a bracket is not closed before this.',
    ],
    ['two documents', `${small}---\nrung: 1\n`, '17:1  A second document begins here.'],
    [
      '__proto__ as a name',
      small.replace('roles:', 'roles:\n  __proto__: { members: [a@b.c] }'),
      '4:3 /roles "__proto__" cannot be a name: programs read it as something else.',
    ],
    [
      'constructor, deep inside',
      small.replace('tier: production', 'tier: production, ports: { constructor: 1 }'),
      '9:38 /environments/prod/ports "constructor" cannot be a name: programs read it as something else.',
    ],
    [
      'a NUL character',
      small.replace('shop', 'sh\0op'),
      '2:12  The character U+0000 is a control character.',
    ],
    [
      'text that shows in another order',
      small.replace('shop', 'shop # \u202e'),
      '2:17  The character U+202E makes text show in another order than it is read.',
    ],
    [
      'a tag',
      small.replace('shop', '!!js/function shop'),
      '2:24 /project The tag !!js/function has no meaning here.',
    ],
    [
      'an alias of nothing',
      small.replace('shop', '*shop'),
      '2:10 /project Nothing is called &shop before this.',
    ],
    [
      'a number that is none',
      small.replace('percent: 10', 'percent: .inf'),
      '16:38 /pipelines/main/1/rollout/canary/0/percent .inf is no number that can be used.',
    ],
    [
      'a list as a key',
      small.replace('project: shop', 'project: shop\n? [a]\n: b'),
      '3:3  A key is a single word here.',
    ],
    ['a list alone', '- a\n', '1:1  A list stands here.'],
    ['a word alone', 'rung\n', '1:1  "rung" stands here.'],
  ])('%s', (_, text, problem) => {
    expect(failureOf(text).code).toBe('project-file-invalid');
    expect(problemsOf(text).map((line) => line.split(' | ')[0])).toEqual([problem]);
  });

  it.each([
    ['brackets', `a: ${'['.repeat(500_000)}`],
    ['dashes', '- '.repeat(500_000)],
    ['indentation', Array.from({ length: 1000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  ])('nesting by %s that would cost a parser its stack', (_, text) => {
    expect(problemsOf(text).join('\n')).toContain('nested more than 32 deep');
  });

  it('an alias bomb, which is refused before it goes off', () => {
    const levels = Array.from({ length: 12 }, (_, level) => {
      const inside = level === 0 ? 'x' : `*a${level - 1}`;
      return `a${level}: &a${level} [${Array.from({ length: 9 }, () => inside).join(', ')}]`;
    });
    expect(problemsOf(levels.join('\n')).join('\n')).toMatch(/more than (20000 values|100 aliases)/);
  });

  it('an alias that stands within what it names', () => {
    expect(problemsOf(small.replace('shop', '&a [*a]')).join('\n')).toContain('nested more than 32 deep');
  });
});
