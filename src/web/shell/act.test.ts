import { expect, it } from 'vitest';
import { actOf, actSearch, withoutAct } from './act.ts';

it('opens from a link what the link asks for', () => {
  expect(actOf(actSearch({ act: 'promote', release: '1.4.0', to: 'staging', other: 'x' }))).toEqual({
    act: 'promote',
    release: '1.4.0',
    to: 'staging',
  });
});

it('opens nothing from a link that asks for half a thing, or for one that is unknown', () => {
  expect(actOf({ act: 'promote', release: '1.4.0' })).toBeNull();
  expect(actOf({ act: 'delete-everything', on: 'prod' })).toBeNull();
});

it('closes without touching the rest of the address', () => {
  expect(withoutAct({ act: 'rollback', on: 'prod', environment: 'dev' })).toMatchObject({
    environment: 'dev',
  });
  expect(actOf(withoutAct({ act: 'rollback', on: 'prod' }))).toBeNull();
});
