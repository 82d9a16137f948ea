import { describe, expect, it } from 'vitest';
import { shapeFindings } from './shape.ts';
import { schemaErrorsOf } from './validate.generated.ts';

const good = {
  rung: 1,
  project: 'shop',
  services: { web: { run: ['node', 'server.js'], health: '/healthz' } },
  environments: { dev: { tier: 'development' } },
  pipelines: { main: [{ environment: 'dev' }] },
};

const findings = (change: object) => shapeFindings(schemaErrorsOf({ ...good, ...change }));
const found = (change: object): readonly string[] =>
  findings(change).map(({ on, pointer }) => `${on} ${pointer}`);

describe('what a schema has against a file', () => {
  it('is nothing where all is as it should be', () => {
    expect(found({})).toEqual([]);
  });

  it.each<[object, readonly string[]]>([
    [{ project: undefined }, ['key ']],
    [{ project: null }, ['value /project']],
    [{ project: 'The Shop' }, ['value /project']],
    [{ rung: '1' }, ['value /rung']],
    [{ services: {} }, ['value /services']],
    [{ services: { web: { run: [], health: '/' } } }, ['value /services/web/run']],
    [{ services: { web: { run: Array(101).fill('x'), health: '/' } } }, ['value /services/web/run']],
    [{ services: { web: { run: ['a'], health: 5 } } }, ['value /services/web/health']],
    [{ services: { web: { run: ['a'], health: '/', instances: 0 } } }, ['value /services/web/instances']],
    [{ services: { web: { run: ['a'], health: '/', 'a/b~c': 0 } } }, ['key /services/web/a~1b~0c']],
    [{ environments: { dev: { tier: 'dev' } } }, ['value /environments/dev/tier']],
  ])('is told once, at its place: %j', (change, expected) => {
    expect(found(change)).toEqual(expected);
  });

  it('is told of each place, and of one place once where another word is all that is wanted', () => {
    const broken = { run: ['a'], health: 5 };
    expect(found({ services: { web: broken, api: broken } })).toEqual([
      'value /services/web/health',
      'value /services/api/health',
    ]);
    expect(found({ environments: { dev: { tier: 7 } } })).toEqual(['value /environments/dev/tier']);
    expect(found({ services: { web: broken }, environments: { dev: { tier: 'dev' } } })).toEqual([
      'value /services/web/health',
      'value /environments/dev/tier',
    ]);
  });

  it.each([
    ['roles', { members: ['ada@example.org'] }],
    ['services', good.services.web],
    ['environments', good.environments.dev],
    ['pipelines', good.pipelines.main],
  ])('is told of a name that cannot be one at that name, among %s', (key, value) => {
    const [finding, ...others] = findings({ [key]: { 'A b/~': value } });
    expect(finding).toMatchObject({ on: 'key', pointer: `/${key}/A b~1~0` });
    expect(finding?.message).toContain('"A b/~"');
    expect(finding?.instead).toContain('hyphens');
    expect(others).toEqual([]);
  });

  it('is not taken to be about a name because another one is the same', () => {
    expect(found({ project: 'Web', services: { Web: good.services.web } })).toEqual([
      'value /project',
      'key /services/Web',
    ]);
  });

  it.each<[object, string]>([
    [{ rung: '1' }, 'version 1'],
    [{ services: {} }, 'nothing'],
    [{ services: { web: { run: [], health: '/' } } }, 'nothing'],
    [{ services: { web: { run: Array(101).fill('x'), health: '/' } } }, ' 100 '],
    [{ services: { web: { run: ['a'], health: '/', instances: 0 } } }, 'range'],
  ])('is told in words of its own: %j', (change, words) => {
    expect(findings(change)[0]?.message).toContain(words);
  });

  it('is told of a label’s name as well', () => {
    const alarms = { prometheus: { url: 'https://prometheus', labels: { 'a b': 'c' } } };
    expect(found({ alarms })).toEqual(['key /alarms/prometheus/labels/a b']);
  });
});

describe('a key that is missing', () => {
  it('is one problem where it stands there under another spelling', () => {
    expect(found({ project: undefined, projct: 'shop' })).toEqual(['key /projct']);
    expect(findings({ project: undefined, projct: 'shop' })[0]?.instead).toBe('project');
  });

  it('is a problem of its own beside a key that is another one, or stands elsewhere', () => {
    expect(found({ project: undefined, other: 'shop' })).toEqual(['key ', 'key /other']);
    const web = { ...good.services.web, projct: 'shop' };
    expect(found({ project: undefined, services: { web } })).toEqual(['key ', 'key /services/web/projct']);
  });

  it('is told with what to write there', () => {
    expect(findings({ rung: undefined })[0]?.instead).toBe('`rung: 1`');
    expect(findings({ project: undefined })[0]?.instead).toContain('`project:`');
    const error = {
      keyword: 'required',
      instancePath: '/a',
      params: { missingProperty: 'b' },
      parentSchema: {},
      data: {},
    };
    expect(shapeFindings([error])[0]?.instead).toContain('`b:`');
  });
});

describe('what could stand instead', () => {
  const tier = (text: string) => findings({ environments: { dev: { tier: text } } })[0];

  it('is the word that was probably meant, or all there are', () => {
    expect(tier('stagin')?.instead).toBe('staging');
    expect(tier('stagin')?.message).toContain('"staging"');
    expect(tier('x')?.instead).toContain('development, testing');
    expect(tier('x')?.message).not.toContain('mean');
  });

  it('is one word where there is but one', () => {
    const rollout = { canary: [{ percent: 100 }], rollback: [{ health: 'x' }] };
    const [finding] = findings({ pipelines: { main: [{ environment: 'dev', rollout }] } });
    expect(finding?.instead).toBe('failing');
  });

  it.each<[unknown, string]>([
    [null, 'Nothing'],
    [['a'], 'A list'],
    [{ a: 1 }, 'A mapping'],
    [true, 'true'],
    [7, '7'],
  ])('is not %j, which is called %s', (project, name) => {
    expect(findings({ project })[0]?.message).toMatch(new RegExp(`^${name} `, 'u'));
  });

  it('is not a text that is too long to be shown', () => {
    expect(findings({ project: 'X'.repeat(200) })[0]?.message.length).toBeLessThan(100);
  });
});
