import { describe, expect, it } from 'vitest';
import { anEmptyEnvironment, aPromotionOf, aReleaseOf } from '../../domain/environment.kit.ts';
import type { EventKind } from '../../domain/event.ts';
import { instant } from '../../domain/ids.ts';
import { inCanary, samples, start } from '../deliver/rollout.kit.ts';
import { aProjectWith } from '../kept.kit.ts';
import { createRecordings } from './recording.ts';

const { id, project } = inCanary;
const by = { kind: 'automation', rule: 'rollout judge' } as const;
const promotion = { ...aPromotionOf(aReleaseOf('1.1.0', { web: 'web 2' })), id: inCanary.promotion };
const reason = { kind: 'judge lost' } as const;
const payload = { sample: 7, generation: 2, phase: 'held', percent: 10, reason };

async function recorded(count = 0) {
  const kept = await aProjectWith([anEmptyEnvironment]);
  await kept.put('rollout', id, inCanary);
  await kept.put('promotion', promotion.id, promotion);
  await kept.store.transaction((tx) => tx.addSamples(project, samples(inCanary, count)));
  return {
    ...kept,
    recordings: createRecordings(kept.parts),
    write: async (kind: EventKind, written: Readonly<Record<string, unknown>>, subject = `rollout/${id}`) => {
      const event = {
        project,
        kind,
        at: start,
        actor: by,
        environment: null,
        subject,
        message: '',
        payload: written,
      };
      await kept.store.transaction((tx) => tx.append([event as never]));
      await kept.store.chain(project);
    },
  };
}

describe('the recording of a rollout', () => {
  it('is what it was, and each change of its state in order', async () => {
    const { recordings, write } = await recorded();
    const { reason: _reason, ...plain } = payload;
    await write('rollout.phase', { ...plain, phase: 'canary' });
    await write('rollout.held', payload);
    await write('rollout.resumed', { ...plain, generation: 3 });
    await write('rollout.advanced', payload);
    await write('rollout.held', payload, 'rollout/another');
    const turn = { at: start, by, sample: 7, percent: 10 };
    expect(await recordings.recording(project, id, {})).toEqual({
      id,
      environment: anEmptyEnvironment.name,
      version: '1.1.0',
      services: inCanary.services,
      policy: inCanary.policy,
      startedAt: inCanary.startedAt,
      turns: [
        { ...turn, generation: 2, phase: 'canary', reason: null, isResumed: false },
        { ...turn, generation: 2, phase: 'held', reason, isResumed: false },
        { ...turn, generation: 3, phase: 'held', reason: null, isResumed: true },
      ],
      samples: [],
      next: null,
    });
  });

  it.each<EventKind>([
    'rollout.phase',
    'rollout.held',
    'rollout.resumed',
    'rollout.taken-back',
    'promotion.succeeded',
    'promotion.rolled-back',
    'promotion.failed',
    'promotion.superseded',
  ])('has a turn for %s', async (kind) => {
    const { recordings, write } = await recorded();
    await write(kind, payload);
    expect((await recordings.recording(project, id, {})).turns).toHaveLength(1);
  });

  it('is given with its samples, page by page', async () => {
    const { recordings } = await recorded(5);
    const page = async (after: number, limit: number) => {
      const { samples: some, next } = await recordings.recording(project, id, { after, limit });
      return [some.map(({ number }) => number), next];
    };
    expect(await page(0, 2)).toEqual([[1, 2], 2]);
    expect(await page(2, 2)).toEqual([[3, 4], 4]);
    expect(await page(4, 2)).toEqual([[5], null]);
    expect(await page(3, 2)).toEqual([[4, 5], 5]);
    expect(await page(0, 3)).toEqual([[1, 2, 3], 3]);
    expect(await page(5, 2)).toEqual([[], null]);
    expect((await recordings.recording(project, id, {})).samples).toHaveLength(5);
  });

  it.each(['sample', 'generation', 'phase', 'percent'])(
    'is refused where nobody counted the %s yet',
    async (name) => {
      const { recordings, write } = await recorded();
      await write(
        'rollout.phase',
        Object.fromEntries(Object.entries(payload).filter(([key]) => key !== name)),
      );
      await expect(recordings.recording(project, id, {})).rejects.toMatchObject({
        kind: 'conflict',
        code: 'recording-incomplete',
      });
    },
  );

  it('is refused where what its events recorded has expired', async () => {
    const { recordings, write, store } = await recorded();
    await write('rollout.phase', payload);
    await store.expirePayloads(project, instant(start + 1), 100);
    await expect(recordings.recording(project, id, {})).rejects.toMatchObject({
      kind: 'conflict',
      code: 'recording-incomplete',
    });
  });

  it.each([
    ['there is no such rollout', 'rollout', id],
    ['its environment is gone', 'environment', anEmptyEnvironment.id],
    ['its promotion is gone', 'promotion', promotion.id],
  ] as const)('is not there where %s', async (_, kind, gone) => {
    const { recordings, store } = await recorded();
    await store.transaction((tx) => tx.remove(project, kind, gone));
    await expect(recordings.recording(project, id, {})).rejects.toMatchObject({
      kind: 'absent',
      code: 'rollout-unknown',
    });
  });
});
