import { describe, expect, it } from 'vitest';
import { type EnvironmentId, type EnvironmentName, instant } from '../../domain/ids.ts';
import { aProjectWith, environmentNamed } from '../kept.kit.ts';
import { pictureAround } from './environments-around.ts';

const names = ['dev', 'test', 'prod', 'loose', 'gone'] as EnvironmentName[];
const environments = names.map((name) =>
  environmentNamed(name, {
    id: `id of ${name}` as EnvironmentId,
    retiredAt: name === 'gone' ? instant(1) : null,
  }),
);
const { project } = environmentNamed('dev');
const main = ['dev', 'gone', 'test', 'prod'].map((name) => ({
  environment: name as EnvironmentName,
  gates: [],
}));

describe('a picture of some environments', () => {
  it.each<[string, Parameters<typeof pictureAround>[3], readonly string[]]>([
    ['a name', { names: ['loose'] as EnvironmentName[] }, ['loose']],
    [
      'names, with the rungs below them',
      { names: ['test', 'loose'] as EnvironmentName[] },
      ['dev', 'loose', 'test'],
    ],
    ['an id, with the rungs below it', { ids: ['id of test' as EnvironmentId] }, ['dev', 'test']],
    [
      'both',
      { names: ['loose'] as EnvironmentName[], ids: ['id of dev' as EnvironmentId] },
      ['dev', 'loose'],
    ],
    ['nothing', {}, []],
    ['what is not there', { names: ['nowhere'] as EnvironmentName[], ids: ['none' as EnvironmentId] }, []],
    ['what is retired', { names: ['gone'] as EnvironmentName[] }, ['dev']],
  ])('has those that are asked for by %s', async (_, asked, found) => {
    const { store } = await aProjectWith(environments);
    const around = await store.read((tx) => pictureAround(tx, project, { pipelines: { main } }, asked));
    expect([...around.byName.keys()].toSorted()).toEqual(found);
    for (const [name, environment] of around.byName) expect(environment.name).toBe(name);
  });

  it('has all of them, however many are asked for', async () => {
    const many = Array.from({ length: 450 }, (_, index) => environmentNamed(`e-${index}`));
    const { store } = await aProjectWith(many);
    const { byName } = await store.read((tx) =>
      pictureAround(tx, project, { pipelines: {} }, { names: many.map(({ name }) => name) }),
    );
    expect(byName.size).toBe(450);
  });

  it('answers about the others, too', async () => {
    const { store } = await aProjectWith(environments);
    const version = await store.read(async (tx) => {
      const around = await pictureAround(
        tx,
        project,
        { pipelines: {} },
        { names: ['dev' as EnvironmentName] },
      );
      return (await around.tx.get(project, 'environment', 'id of prod'))?.value.name;
    });
    expect(version).toBe('prod');
  });
});
