import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../domain/canonical.ts';
import { aReleaseOf } from '../../../domain/environment.kit.ts';
import type { CountFacts } from '../../../domain/evidence/facts.ts';
import { instant } from '../../../domain/ids.ts';
import type { EvidenceReader } from '../../../ports/evidence-reader.ts';
import type { Arrived } from '../../../ports/object-store.ts';
import { ada, aProjectWith, environmentNamed, program } from '../../kept.kit.ts';
import { createIntake } from './intake.ts';

const release = aReleaseOf('1.0.0', { web: 'web 1' });
const [sit, prod] = [environmentNamed('sit'), environmentNamed('prod')];
const gone = environmentNamed('gone', { retiredAt: instant(1) });
const bugs: CountFacts = { kind: 'count', count: 3, tracker: null, link: null };
const reader: EvidenceReader = {
  format: 'bugs',
  proves: 'count',
  read: async () => ({ kind: 'read', facts: bugs }),
};

/** A release, and files that come back in pieces of this many bytes. */
async function withRelease(pieces: readonly number[] = [1]) {
  const on = await aProjectWith([sit, prod, gone]);
  await on.put('release', release.id, release);
  on.takeWoken();
  const seen = { limits: [] as number[], pieces: 0, head: -1 };
  const parts = {
    ...on.parts,
    objects: {
      ...on.parts.objects,
      keep: async <T>(_: unknown, limitBytes: number, look: (arrived: Arrived) => Promise<T>) => {
        seen.limits.push(limitBytes);
        const found = await look(async function* arrived() {
          for (const size of pieces) {
            seen.pieces += 1;
            yield new Uint8Array(size);
          }
        });
        return { digest: digestOf('file'), size: 1, found };
      },
    },
    readers: {
      known: new Map([[reader.format, reader]]),
      guess: ({ head }: { readonly head?: Uint8Array }) => {
        seen.head = head?.byteLength ?? -1;
        return reader;
      },
    },
  };
  const intake = createIntake(parts);
  async function* nothing(): AsyncGenerator<Uint8Array> {}
  const add = () =>
    intake.addEvidence(on.project, { release: '1.0.0', fileName: 'bugs.txt' }, nothing(), ada);
  return { ...on, ...intake, seen, add };
}

describe('evidence that comes in', () => {
  it('is told of the release, and wakes whatever environment may wait for it (REL-2)', async () => {
    const { project, sayEvidence, takeWoken, told } = await withRelease();
    await sayEvidence(project, { release: '1.0.0', facts: bugs }, program('ci'));
    expect(takeWoken().toSorted()).toEqual(['environment/prod', 'environment/sit']);
    expect(await told()).toMatchObject([{ kind: 'evidence.added', subject: `release/${release.id}` }]);
  });

  it('is no program’s word where a person has to answer for it', async () => {
    const { project, sayEvidence, told } = await withRelease();
    const facts = { kind: 'uat', verdict: 'accepted', testers: [], scenarios: [], note: '' } as const;
    const said = sayEvidence(project, { release: '1.0.0', environment: 'sit', facts }, program('ci'));
    await expect(said).rejects.toMatchObject({ kind: 'denied', code: 'person-needed' });
    expect(await told()).toEqual([]);
  });

  it('is refused where it makes no sense, whoever says it', async () => {
    const { project, sayEvidence, told } = await withRelease();
    const facts = { kind: 'uat', verdict: 'accepted', testers: [], scenarios: [], note: '' } as const;
    const said = sayEvidence(project, { release: '1.0.0', facts }, ada);
    await expect(said).rejects.toMatchObject({ kind: 'invalid', code: 'uat-nowhere' });
    expect(await told()).toEqual([]);
  });

  it('may be a file of 256 MiB', async () => {
    const { add, seen } = await withRelease();
    await add();
    expect(seen.limits).toEqual([268_435_456]);
  });

  it.each([
    ['a large piece', [5000, 5000], 4096, 1],
    ['small ones', [2048, 2048, 2048], 4096, 2],
    ['very small ones', [1000, 1000, 1000, 1000, 1000, 1000], 4096, 5],
    ['all that there is', [1000, 1000], 2000, 2],
  ])('is told apart by its first 4,096 bytes, and no more is fetched: %s', async (_, sizes, head, pieces) => {
    const { add, seen } = await withRelease(sizes);
    await add();
    expect(seen).toMatchObject({ head, pieces });
  });
});
