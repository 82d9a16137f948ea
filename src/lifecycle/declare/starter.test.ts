import { describe, expect, it } from 'vitest';
import { findServices } from './find-services.ts';
import { parseProjectFile } from './parse.ts';
import { starterFile } from './starter.ts';

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
});
