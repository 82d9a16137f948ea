import { describe, expect, it } from 'vitest';
import { aPromotionOf, aReleaseOf } from '../domain/environment.kit.ts';
import { type Instant, instant } from '../domain/ids.ts';
import type { Promotion } from '../domain/promotion.ts';
import { aProjectWith, environmentNamed } from './kept.kit.ts';
import { delegationsOf, exceptionsFor, waitingInto, waitingProposal } from './lookup.ts';

const [dev, prod] = [environmentNamed('dev'), environmentNamed('prod')] as const;
const { project } = dev;
const revoked = { by: 'ada', at: instant(1), reason: 'no' };

describe('what stands', () => {
  it('of exceptions is what nobody revoked in that environment, those that end last first', async () => {
    const { put, store } = await aProjectWith([dev, prod]);
    const made = (id: string, environment: string, to: Instant, other: object = {}) =>
      put('exception', id, {
        id,
        project,
        environment,
        from: instant(0),
        to,
        by: 'ada',
        revoked: null,
        ...other,
      } as never);
    await made('short', 'prod', instant(5));
    await made('long', 'prod', instant(9));
    await made('revoked', 'prod', instant(7), { revoked });
    await made('elsewhere', 'dev', instant(7));
    const found = await store.read((tx) => exceptionsFor(tx, prod));
    expect(found.map(({ id }) => id)).toEqual(['long', 'short']);
  });

  it('of delegations is what nobody took back', async () => {
    const { put, store } = await aProjectWith();
    for (const [id, until, other] of [
      ['short', 5, {}],
      ['over', 7, { revoked }],
      ['long', 9, {}],
    ] as const)
      await put('delegation', id, { id, project, until: instant(until), revoked: null, ...other } as never);
    const found = await store.read((tx) => delegationsOf(tx, project));
    expect(found.map(({ id }) => id)).toEqual(['long', 'short']);
  });
});

describe('what waits for an environment', () => {
  it('is what was asked for and has not begun', async () => {
    const { put, store } = await aProjectWith([dev, prod]);
    const asked = (id: string, environment: string, phase: string) =>
      put('promotion', id, {
        ...aPromotionOf(aReleaseOf('1.0.0', {})),
        id,
        environment,
        state: { phase },
      } as Promotion);
    await asked('waits', 'prod', 'waiting');
    await asked('runs', 'prod', 'running');
    await asked('elsewhere', 'dev', 'waiting');
    const found = await store.read((tx) => waitingInto(tx, project, prod.id));
    expect(found.map(({ value }) => value.id)).toEqual(['waits']);
  });

  it('is the file that is to rule it, if any', async () => {
    const { put, store } = await aProjectWith([dev, prod]);
    const proposed = (id: string, environment: string, phase: string) =>
      put('proposal', id, { id, project, environment, to: id, state: { phase } } as never);
    await proposed('accepted', 'dev', 'accepted');
    await proposed('waits', 'prod', 'waiting');
    const found = await store.read(async (tx) => [
      await waitingProposal(tx, dev),
      await waitingProposal(tx, prod),
    ]);
    expect(found.map((one) => one?.value.id)).toEqual([undefined, 'waits']);
  });
});
