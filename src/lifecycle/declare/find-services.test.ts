import { describe, expect, it } from 'vitest';
import { findServices } from './find-services.ts';

const listed = (path: string, content: object = { scripts: { start: 'node main.js' } }) => ({
  path,
  text: JSON.stringify(content),
});
const started = (start: string, more: object = {}) => ({ ...more, scripts: { start } });

describe('the services of a repository', () => {
  it('are found nearest the top first, then by their path', () => {
    const paths = ['c/d', 'longest', 'b/a/x', 'b', 'a/z', 'a', 'c/c'].map((path) =>
      listed(`${path}/package.json`),
    );
    const found = findServices([...paths, listed('package.json')]);
    expect(found.map(({ path }) => path)).toEqual(['.', 'a', 'b', 'longest', 'a/z', 'c/c', 'c/d', 'b/a/x']);
  });

  it('are twenty at the most', () => {
    const many = Array.from({ length: 25 }, (_, index) => listed(`s${index}/package.json`));
    expect(findServices(many)).toHaveLength(20);
  });

  it.each([
    'a/package.json5',
    'a/my-package.json',
    'a/packageXjson',
    'node_modules/a/package.json',
    'a/node_modules/b/package.json',
    'a/main.json',
  ])('are none of %s', (path) => {
    expect(findServices([listed(path)])).toEqual([]);
  });

  it.each<[string | undefined]>([
    [undefined],
    ['{'],
    ['[]'],
    ['{"scripts": []}'],
    ['{"scripts": {"start": 5}}'],
  ])('are not where nothing is started: %s', (text) => {
    const file = { path: 'package.json' };
    expect(findServices([text === undefined ? file : { ...file, text }])).toEqual([]);
  });

  it.each([
    ['api/package.json', { name: '@shop/orders' }, 'orders'],
    ['api/package.json', { name: 'orders' }, 'orders'],
    ['api/package.json', { name: '@shop/' }, 'api'],
    ['api/package.json', {}, 'api'],
    ['api/v2/package.json', { name: 7 }, 'v2'],
    ['package.json', {}, '.'],
  ])('are called by their package, or by their folder: %s with %j', (path, more, name) => {
    expect(findServices([listed(path, started('node main.js', more))])[0]?.name).toBe(name);
  });

  it.each([
    ['node main.js', ['node', 'main.js']],
    ['  node  --enable-source-maps   main.js ', ['node', '--enable-source-maps', 'main.js']],
    ['node', ['node']],
    ['vite', ['npm', 'start']],
    ['NODE_ENV=production node main.js', ['npm', 'start']],
    ['node main.js && echo', ['npm', 'start']],
    ['node $MAIN', ['npm', 'start']],
    ['node main.js>log', ['npm', 'start']],
    ['node "main.js', ['npm', 'start']],
    ['node "main".js', ['npm', 'start']],
  ])('are started without a shell where that can be: %j', (start, run) => {
    expect(findServices([listed('package.json', started(start))])[0]?.run).toEqual(run);
  });

  it('are built where beside them is written what they are made of', () => {
    const files = ['a', 'b', 'package.json/c'].map((path) => listed(`${path}/package.json`));
    const locks = ['a/package-lock.json', 'b/yarn.lock', 'package.json/c/package-lock.json'];
    expect(
      findServices([...files, ...locks.map((path) => ({ path }))]).map(({ path, build }) => [path, build]),
    ).toEqual([
      ['a', ['npm', 'ci']],
      ['b', undefined],
      ['package.json/c', ['npm', 'ci']],
    ]);
    expect(findServices([listed('b/package.json')])[0]).not.toHaveProperty('build');
  });
});
