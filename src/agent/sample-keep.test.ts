import { describe, expect, it } from 'vitest';
import type { Disk } from '../disk/disk.ts';
import { createMemoryDisk } from '../disk/memory-disk.ts';
import type { RolloutId } from '../domain/ids.ts';
import type { Sample } from '../domain/rollout/sample.ts';
import { type KeptRollout, SampleKeep } from './sample-keep.ts';

const rollout = '0197a0a0-0000-7000-8000-000000000001' as RolloutId;
const path = '/agent/rollout.json';

const sample = (number: number): Sample => ({ rollout, number, generation: 1 }) as unknown as Sample;

const keptUpTo = (lastNumber: number): KeptRollout => ({
  rollout,
  generation: 1,
  lastNumber,
  judge: null,
  judgeStartedMs: 0,
  totals: {},
  unanswered: Array.from({ length: lastNumber }, (_, before) => sample(before + 1)),
  takenBack: null,
});

const numbersOf = (samples: readonly Sample[]): readonly number[] => samples.map(({ number }) => number);

/** Writes nothing before it is told to. */
const heldBack =
  (disk: Disk, until: Promise<void>): Disk['replace'] =>
  async (...args) => {
    await until;
    await disk.replace(...args);
  };

describe('the samples that an agent keeps', () => {
  it('are told once they are in the file: after a kill, the number of one that was lost is given to another (REL-9)', async () => {
    const disk = createMemoryDisk();
    const writing = Promise.withResolvers<void>();
    const keep = await SampleKeep.load(disk, path);
    await keep.put(keptUpTo(1));
    const slow = await SampleKeep.load({ ...disk, replace: heldBack(disk, writing.promise) }, path);
    const second = slow.put(keptUpTo(2));
    expect(numbersOf(slow.unanswered(10))).toEqual([1]);
    expect((await SampleKeep.load(disk, path)).of(rollout)?.lastNumber).toBe(1);
    writing.resolve();
    await second;
    expect(numbersOf(slow.unanswered(10))).toEqual([1, 2]);
  });

  it('are told again by an agent that comes back, as long as nobody answered', async () => {
    const disk = createMemoryDisk();
    const before = await SampleKeep.load(disk, path);
    await before.put(keptUpTo(3));
    before.answered([sample(1), sample(2)]);
    expect(numbersOf(before.unanswered(10))).toEqual([3]);
    const after = await SampleKeep.load(disk, path);
    expect(numbersOf(after.unanswered(10))).toEqual([1, 2, 3]);
    expect(numbersOf(after.unanswered(2))).toEqual([1, 2]);
  });

  it('are answered in whatever company of other environments they were told', async () => {
    const keep = await SampleKeep.load(createMemoryDisk(), path);
    await keep.put(keptUpTo(3));
    const other = { ...sample(9), rollout: '0197a0a0-0000-7000-8000-000000000002' as RolloutId };
    keep.answered([sample(1), sample(2), other]);
    expect(numbersOf(keep.unanswered(10))).toEqual([3]);
  });
});
