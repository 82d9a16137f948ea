import { expect, it } from 'vitest';
import { aProjectWith, environmentNamed } from '../kept.kit.ts';
import { storeWith } from '../operate/store-with.kit.ts';
import { createDesiredEnvironments } from './desired-environments.ts';

it.each([
  [0, 0],
  [1, 1],
  [12, 1],
])('reads what is desired of %d environments with so many looks: %d', async (count, looks) => {
  const all = Array.from({ length: count }, (_, index) => environmentNamed(`e-${index}`));
  const { store, project } = await aProjectWith(all);
  let looked = 0;
  const counting = storeWith(store, {
    read: (work) => {
      looked += 1;
      return store.read(work);
    },
  });
  const desired = createDesiredEnvironments(counting, project);
  const told = await desired(all.map(({ id }) => id));
  expect([told.map(({ name }) => name), looked]).toEqual([all.map(({ name }) => name), looks]);
});
