import { describe, expect, it } from 'vitest';
import type { Finding } from './finding.ts';
import { meaningFindings } from './meaning.ts';

/** What is found, as `on pointer`. */
const foundIn = (data: unknown): readonly string[] =>
  meaningFindings(data).map(({ on, pointer }) => `${on} ${pointer}`);

const only = (data: unknown): Finding => {
  const [finding, ...others] = meaningFindings(data);
  expect(others).toEqual([]);
  if (finding === undefined) throw new Error('nothing was found');
  return finding;
};

const environments = (each: Readonly<Record<string, unknown>>) => ({
  services: { web: {}, api: {} },
  environments: each,
});

describe('data of another shape than a project file', () => {
  it.each([
    [null],
    ['rung'],
    [[]],
    [{ services: [], environments: 'dev', pipelines: 3, roles: null, freezes: {}, alarms: [] }],
    [{ services: { web: null }, environments: { dev: 7 }, pipelines: { main: [null, 4, 'dev', []] } }],
    [{ services: { web: { path: 5 } }, environments: { dev: { source: 5, mirrors: 5, ports: [80] } } }],
    [{ environments: { dev: { windows: 'never', freezes: [7], alarms: { prometheus: 'here' } } } }],
    [
      {
        environments: { dev: {}, prod: {} },
        pipelines: {
          main: [
            { environment: 'dev' },
            {
              environment: 'prod',
              gates: [null, 5, {}, {}, { coverage: true }, { stability: { errors: [], for: 5 } }],
              approvals: 'all',
              rollout: [],
              waive: 'all',
              emergency: null,
            },
          ],
        },
      },
    ],
  ])('is left to the schema: %j', (data) => {
    expect(foundIn(data)).toEqual([]);
  });
});

describe('a project file', () => {
  it('is looked through as a whole, however much is wrong with it', () => {
    const file = {
      services: { web: { path: '/' } },
      environments: { dev: { windows: ['never'], deploy: 'on-merge' } },
      alarms: { prometheus: { url: 'here' } },
      pipelines: { main: [{ environment: 'prod' }] },
    };
    expect(foundIn(file)).toEqual(
      expect.arrayContaining([
        'value /services/web/path',
        'value /environments/dev/deploy',
        'value /environments/dev/windows/0',
        'value /alarms/prometheus/url',
        'value /pipelines/main/0/environment',
      ]),
    );
  });
});

describe('the folder of a service', () => {
  const path = (text: string) => ({ services: { 'a/b~c': { path: text } } });

  it.each(['.', 'services/web', 'services/web/', './web', '..web', 'web..', '.github', 'services/c:/web'])(
    'may be %j',
    (text) => {
      expect(foundIn(path(text))).toEqual([]);
    },
  );

  it.each(['/srv/web', 'c:/web', 'C:/web', 'services\\web', '..', 'web/../..', '.git', 'web/.git/hooks'])(
    'may not be %j, which is told at its key, whatever the service is called',
    (text) => {
      expect(foundIn(path(text))).toEqual(['value /services/a~1b~0c/path']);
    },
  );
});

describe('the life of an environment (LIF-1)', () => {
  it.each([
    [{ tier: 'testing', reset: '1h' }, []],
    [{ tier: 'testing', ttl: '1h' }, []],
    [{ tier: 'testing', reset: '1h', ttl: '1h' }, ['key /environments/sit/ttl']],
    [{ tier: 'production' }, []],
    [{ tier: 'production', reset: '1h' }, ['key /environments/sit/reset']],
    [{ tier: 'production', ttl: '1h' }, ['key /environments/sit/ttl']],
    [{ tier: 'production', reset: '1h', ttl: '1h' }, ['key /environments/sit/ttl']],
  ])('is one of %j', (sit, found) => {
    expect(foundIn(environments({ sit }))).toEqual(found);
  });

  it.each(['reset', 'ttl'])('is told without a `%s` where it is production', (key) => {
    expect(only(environments({ sit: { tier: 'production', [key]: '1h' } })).instead).toContain(key);
  });
});

describe('the branch of an environment', () => {
  it.each([
    [{ source: 'develop' }, []],
    [{ source: 'release/v*', deploy: 'on-merge' }, []],
    [{ deploy: 'manual' }, []],
    [{ deploy: 'on-merge' }, ['value /environments/dev/deploy']],
    [{ source: 'rung/dev' }, ['value /environments/dev/source']],
    [{ source: 'a b', deploy: 'on-merge' }, ['value /environments/dev/source']],
  ])('is held to what it says: %j', (dev, found) => {
    expect(foundIn(environments({ dev }))).toEqual(found);
  });
});

describe('what an environment mirrors', () => {
  it.each([
    ['prod', []],
    ['sit', ['value /environments/sit/mirrors']],
    ['prd', ['value /environments/sit/mirrors']],
  ])('is another one that is there: %s', (mirrors, found) => {
    expect(foundIn(environments({ sit: { mirrors }, prod: {} }))).toEqual(found);
  });

  it('is told with the name that was meant', () => {
    const { instead, message } = only(environments({ sit: { mirrors: 'prd' }, prod: {} }));
    expect(instead).toBe('prod');
    expect(message).toContain('environment "prd"');
  });
});

describe('a fixed port', () => {
  it('belongs to one service in one environment, and whoever has it first is named', () => {
    const ports = environments({
      dev: { ports: { web: 8080, api: 8081 } },
      sit: { ports: { web: 8080 } },
      prod: { ports: { web: 8082, api: 8080 } },
    });
    expect(foundIn(ports)).toEqual([
      'value /environments/sit/ports/web',
      'value /environments/prod/ports/api',
    ]);
    for (const { message } of meaningFindings(ports)) expect(message).toContain('web in dev');
  });

  it('is of a service that is there', () => {
    const found = only(environments({ dev: { ports: { wbe: 80 } }, sit: { ports: { web: 80 } } }));
    expect(found).toMatchObject({ on: 'key', pointer: '/environments/dev/ports/wbe', instead: 'web' });
    expect(found.message).toContain('service "wbe"');
  });

  it('is not compared where it is no number', () => {
    expect(foundIn(environments({ dev: { ports: { web: '80', api: '80' } } }))).toEqual([]);
  });
});
