import { expect, it } from 'vitest';
import { later } from '../../domain/ids.ts';
import type { BuildRecord } from '../../engine/records.ts';
import type { Transaction } from '../../engine/store.ts';
import { aBuild } from '../../../test/kit/records.ts';
import { aProjectWith, program } from '../kept.kit.ts';
import { storeWith } from '../operate/store-with.kit.ts';
import { createBuilds } from './builds.ts';

it('gives those that are wanted longest, and looks at no others, however many wait (REL-1)', async () => {
  const { parts, store, project, clock } = await aProjectWith();
  const now = clock.now();
  const put = (build: BuildRecord, tx: Transaction) => tx.put(project, 'build', build.id, build, 0);
  await store.transaction(async (tx) => {
    for (let at = 0; at < 1_000; at += 1)
      await put({ ...aBuild(project, `tree ${(at * 7) % 1_000}`, 'wanted'), wantedAt: later(now, at) }, tx);
    await put({ ...aBuild(project, 'lost', 'building'), wantedAt: later(now, -1) }, tx);
    const state = { phase: 'building', by: 'another', since: now } as const;
    await put({ ...aBuild(project, 'built now', 'building'), wantedAt: later(now, -2), state }, tx);
  });
  const looked: string[] = [];
  const counting = storeWith(store, {
    read: (work) =>
      store.read((tx) =>
        work({
          get: (...asked) => tx.get(...asked),
          samplesAfter: (...asked) => tx.samplesAfter(...asked),
          list: async (...asked) => {
            const page = await tx.list(...asked);
            if (asked[1] === 'build') for (const _one of page.items) looked.push(asked[1]);
            return page;
          },
        }),
      ),
  });
  const face = createBuilds({ ...parts, store: counting }, async () => true);
  const wanted = await face.wantedBuilds(project, 0, program('ci'));
  const longest = Array.from({ length: 49 }, (_, at) => `tree ${at * 7}`);
  expect(wanted.map(({ tree }) => tree)).toEqual(['lost', ...longest]);
  expect(looked.length).toBeLessThan(60);
});
