import { describe, expect, it } from 'vitest';
import { failureOf, parse, problemsOf } from '../../../test/kit/project-file.ts';
import { digestOf } from '../../domain/canonical.ts';

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
