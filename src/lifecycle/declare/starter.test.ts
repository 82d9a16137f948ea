import { describe, expect, it } from 'vitest';
import { findServices } from './find-services.ts';
import { parseProjectFile } from './parse.ts';
import { plainName, starterFile } from './starter.ts';

const parsed = (text: string) => parseProjectFile(new TextEncoder().encode(text), 'rung.yaml').file;
const listed = (path: string, content: object) => ({ path, text: JSON.stringify(content) });

describe('a first project file', () => {
  it.each(['shop', 'The Shop!', '42', '', 'prototype', 'ü', 'x'.repeat(80)])(
    'parses for a project called %j',
    (name) => {
      const file = parsed(starterFile({ projectName: name, services: [] }));
      expect(Object.keys(file.environments)).toEqual(['dev', 'staging', 'prod']);
    },
  );

  it('names the services that can be started, with commands that need no shell', () => {
    const services = findServices([
      listed('node_modules/x/package.json', { scripts: { start: 'node x.js' } }),
      listed('api/package.json', {
        name: '@shop/api',
        scripts: { start: 'node --enable-source-maps main.js' },
      }),
      { path: 'api/package-lock.json' },
      listed('web/package.json', { scripts: { start: 'vite && echo' } }),
      listed('lib/package.json', { name: 'lib' }),
      { path: 'broken/package.json', text: '{' },
    ]);
    const file = parsed(starterFile({ projectName: 'shop', services, person: 'ada@example.org' }));
    expect(file.services).toMatchObject({
      api: { path: 'api', run: ['node', '--enable-source-maps', 'main.js'], build: ['npm', 'ci'] },
      web: { path: 'web', run: ['npm', 'start'] },
    });
    expect(Object.keys(file.services)).toHaveLength(2);
    expect(file.roles).toMatchObject({ lead: { members: ['ada@example.org'] } });
  });

  it('keeps services apart that have one name, and paths that YAML would read otherwise', () => {
    const service = { name: 'App', path: 'a: b #c', run: ['node', 'true', '8080', '-x'] };
    const file = parsed(starterFile({ projectName: 'shop', services: [service, { ...service, path: 'b' }] }));
    expect(file.services).toMatchObject({
      app: { path: 'a: b #c', run: service.run },
      'app-2': { path: 'b' },
    });
  });

  it('has an example of a service where none was found', () => {
    const { services, roles } = parsed(starterFile({ projectName: 'shop', services: [] }));
    expect(services).toMatchObject({ web: { path: '.', run: ['node', 'server.js'], probe: { path: '/' } } });
    expect(services).not.toHaveProperty('web.build');
    expect(Object.keys(roles)).toEqual(['lead']);
  });

  it('writes in quotes what YAML would read otherwise, and nothing else', () => {
    const words = ['node', 'truest', 'untrue', 'a.b/c@d_e-f'];
    const others = ['true', 'No', '8080', '-x', 'a: b', 'a b', '#a', 'a,', '*a', 'null', 'OFF'];
    const run = [...words, ...others];
    const text = starterFile({ projectName: 'shop', services: [{ name: 'web', path: 'a b', run }] });
    expect(parsed(text).services).toMatchObject({ web: { path: 'a b', run } });
    expect(text).toContain(`[${[...words, ...others.map((one) => JSON.stringify(one))].join(', ')}]`);
  });

  it('keeps services apart whose names are as long as they may be, or no names at all', () => {
    const names = ['x'.repeat(50), 'x'.repeat(45), '42', '!', 'x'.repeat(40)];
    const services = names.map((name) => ({ name, path: '.', run: ['a'] }));
    expect(Object.keys(parsed(starterFile({ projectName: 'shop', services })).services)).toEqual([
      'x'.repeat(40),
      `${'x'.repeat(36)}-2`,
      'web',
      'web-2',
      `${'x'.repeat(36)}-3`,
    ]);
  });
});

describe('a name of the project file', () => {
  it.each([
    ['shop', 'shop'],
    ['The  Shop!', 'the-shop'],
    ['--a--b--', 'a-b'],
    ['4two2', 'two2'],
    ['a1b2', 'a1b2'],
    ['Ünï cöde', 'n-c-de'],
    ['a'.repeat(50), 'a'.repeat(40)],
    [`${'a'.repeat(39)} b`, 'a'.repeat(39)],
    ['', 'otherwise'],
    ['42', 'otherwise'],
    ['constructor', 'otherwise'],
    ['Prototype', 'otherwise'],
    ['constructors', 'constructors'],
  ])('is made of %j', (text, name) => {
    expect(plainName(text, 'otherwise')).toBe(name);
  });
});
