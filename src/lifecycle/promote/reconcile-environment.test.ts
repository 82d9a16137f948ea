import { describe, expect, it } from 'vitest';
import { aPromotionOf, aReleaseOf } from '../../domain/environment.kit.ts';
import type { Environment } from '../../domain/environment.ts';
import { Failure } from '../../domain/failure.ts';
import { instant, type PromotionId, type RolloutId } from '../../domain/ids.ts';
import type { DeployMode } from '../../domain/project-file/types.ts';
import type { Promotion } from '../../domain/promotion.ts';
import type { Release } from '../../domain/release.ts';
import type { BranchRecord } from '../../engine/records.ts';
import { storeWith } from '../operate/store-with.kit.ts';
import { dueAsk } from './due-ask.ts';
import { ada, current, environmentOf, file, next, now, running } from './facts.kit.ts';
import { keeping, type There } from './kept.kit.ts';
import { reconcileEnvironment } from './reconcile-environment.ts';
import { reconcileProject } from './reconcile-project.ts';

const { project } = environmentOf('dev');
const person = { kind: 'person', id: ada } as const;

const declared = (environment: Environment, deploy: DeployMode, source?: string): Environment => ({
  ...environment,
  spec: { ...environment.spec, deploy, ...(source !== undefined && { source }) },
});
const branch = (id: string, release: Release, other: Partial<BranchRecord> = {}): BranchRecord => ({
  id,
  project,
  commit: 'c',
  tree: release.manifest.tree,
  at: now,
  ...other,
});
const promotion = (
  id: string,
  environment: string,
  release: Release,
  other: Partial<Promotion> = {},
): Promotion => ({
  ...aPromotionOf(release, undefined, environmentOf(environment)),
  id: id as PromotionId,
  ...other,
});

const dev = declared(running('dev', [current, 5]), 'on-merge', 'develop');
const test = declared(running('test', [current, 4]), 'automatic');
const prod = running('prod', [current, 3]);
const rules: There = ['rules', { id: dev.rules.file, project, file, text: '' }];
const releases: readonly There[] = [
  ['release', current],
  ['release', next],
];
const ladder = (...environments: readonly Environment[]): readonly There[] => [
  rules,
  ...releases,
  ...[dev, test, prod].map((one): There => {
    const other = environments.find(({ name }) => name === one.name);
    return ['environment', other ?? one];
  }),
];

const due = async (target: Environment, ...there: readonly There[]) => {
  const kept = await keeping(...ladder(target), ...there);
  return kept.act((tx) => dueAsk(tx, target));
};

describe('what automation has to ask for (REL-1)', () => {
  it('is the head of a branch that the environment follows, by its pattern, and of no other', async () => {
    expect(await due(dev, ['branch', branch('develop', next)])).toMatchObject({
      release: next.id,
      branch: 'develop',
    });
    expect(await due(dev, ['branch', branch('main', next)])).toBeNull();
    const pattern = declared(dev, 'on-merge', 'release/*');
    expect(await due(pattern, ['branch', branch('release/1', next)])).toMatchObject({ branch: 'release/1' });
    const { source: _, ...spec } = dev.spec;
    expect(await due({ ...dev, spec }, ['branch', branch('develop', next)])).toBeNull();
  });

  it('is the newest of several heads, built or not', async () => {
    const pattern = declared(dev, 'on-merge', '*');
    const unbuilt = branch('newest', next, { tree: 'not built', at: instant(now + 9) });
    const older = branch('older', current, { at: instant(now - 9) });
    const all: readonly There[] = [unbuilt, older, branch('newer', next)].map((one) => ['branch', one]);
    expect(await due(pattern, ...all)).toMatchObject({ branch: 'newer' });
  });

  it('is what runs on the rung before, where the environment follows that', async () => {
    const climbed = declared(running('dev', [next, 1]), 'on-merge', 'develop');
    const follow = async (...more: readonly There[]) => {
      const kept = await keeping(...ladder(climbed), ...more);
      return kept.act((tx) => dueAsk(tx, test));
    };
    expect(await follow()).toMatchObject({
      release: next.id,
      branch: null,
      requester: { kind: 'automation', rule: 'test follows dev' },
    });
    expect(await due(test)).toBeNull();
    expect(await due(declared(dev, 'automatic'))).toBeNull();
  });

  it('is asked once for a release and a place, whatever became of it', async () => {
    const head: There = ['branch', branch('develop', next)];
    const before = (environment: string, release: Release): There => [
      'promotion',
      promotion('before', environment, release, {
        state: { phase: 'rolled back', rollout: 'r' as RolloutId, reason: 'x', at: now },
      }),
    ];
    expect(await due(dev, head, before('dev', next))).toBeNull();
    expect(await due(dev, head, before('dev', current))).not.toBeNull();
    expect(await due(dev, head, before('test', next))).not.toBeNull();
  });

  it('takes nothing out of the way that somebody asked for, where people promote by hand', async () => {
    const hand = declared(prod, 'manual', 'main');
    const head: There = ['branch', branch('main', next)];
    const other = aReleaseOf('0.9.0', { web: 'web 0' });
    const waiting = (more: Partial<Promotion>): There => ['promotion', promotion('w', 'prod', other, more)];
    expect(await due(hand, head)).toMatchObject({ branch: 'main' });
    expect(await due(hand, head, waiting({ requestedBy: person }))).toBeNull();
    const merge = { kind: 'automation', rule: 'merge' } as const;
    expect(await due(hand, head, waiting({ requestedBy: merge }))).not.toBeNull();
    const ended = { phase: 'withdrawn', by: person, at: now } as const;
    expect(await due(hand, head, waiting({ requestedBy: person, state: ended }))).not.toBeNull();
    const merged = declared(prod, 'on-merge', 'main');
    expect(await due(merged, head, waiting({ requestedBy: person }))).not.toBeNull();
  });
});

describe('an environment of which something changed', () => {
  const look = async (id: string, ...there: readonly There[]) => {
    const kept = await keeping(...there);
    let ids = 0;
    const newId = () => `fresh ${(ids += 1)}`;
    const again = () => kept.act((tx) => reconcileEnvironment(tx, project, id, now, newId));
    expect(await again()).toEqual({ wakeAt: null });
    return { ...kept, again };
  };

  it('asks for what was merged, and for what the next rung is to follow', async () => {
    const { get, told } = await look('dev', ...ladder(), ['branch', branch('develop', next)]);
    expect(await get('promotion', 'fresh 1')).toMatchObject({
      environment: 'dev',
      release: next.id,
      reason: 'merged into develop',
      requestedBy: { kind: 'automation', rule: 'merge into develop' },
    });
    expect((await told()).map(({ kind }) => kind)).toEqual(['promotion.requested']);
    const climbed = declared(running('dev', [next, 1]), 'on-merge', 'develop');
    const onward = await look('dev', ...ladder(climbed));
    expect(await onward.get('promotion', 'fresh 1')).toMatchObject({ environment: 'test', release: next.id });
  });

  it('wakes what waits there and on the next rung, and nothing further up', async () => {
    const waits = ['dev', 'test', 'prod'].map(
      (name): There => ['promotion', promotion(`into ${name}`, name, next)],
    );
    const ended = { phase: 'withdrawn', by: person, at: now } as const;
    const { woken } = await look('dev', ...ladder(), ...waits, [
      'promotion',
      promotion('over', 'dev', current, { state: ended }),
    ]);
    expect(woken()).toEqual(['promotion/into dev', 'promotion/into test']);
  });

  it('says once for each head why what was merged may not go, and asks again when something changes', async () => {
    const hand = declared(environmentOf('prod'), 'on-merge', 'main');
    const there = [...ladder(hand), ['branch', branch('main', next)] as const];
    const { told, again, get } = await look('prod', ...there);
    const refused = await told('promotion.refused');
    expect(refused).toHaveLength(1);
    expect(refused[0]?.message).toContain('main asks for 1.1.0 in prod');
    expect((await get('branch', 'main')).refusedIn).toEqual(['prod']);
    await again();
    expect(await told('promotion.refused')).toHaveLength(1);
    const elsewhere = [...ladder(hand), ['branch', branch('main', next, { refusedIn: [dev.id] })] as const];
    const other = await look('prod', ...elsewhere);
    expect((await other.get('branch', 'main')).refusedIn).toEqual(['dev', 'prod']);
  });

  it('says nothing of a refusal that no branch asked for, nor of what may only wait', async () => {
    const unclimbed = declared(environmentOf('test'), 'automatic');
    const mark = { reason: 'x', environment: dev.name, rollout: 'r' as RolloutId, at: now };
    const marked: There = ['release', { ...next, mark }];
    const climbed = declared(running('dev', [next, 1]), 'on-merge', 'develop');
    const [first, , , ...environments] = ladder(climbed, unclimbed);
    if (first === undefined) throw new Error('there are rules');
    const { told } = await look('dev', first, ['release', current], marked, ...environments);
    expect(await told()).toEqual([]);
    const merged = await look('dev', ...ladder(), ['branch', branch('develop', next)]);
    expect(await merged.told('promotion.refused')).toEqual([]);
  });

  it('is left alone where it is retired, or not there', async () => {
    const head: There = ['branch', branch('develop', next)];
    const retired = await look('dev', ...ladder({ ...dev, retiredAt: now }), head);
    expect([await retired.told(), retired.woken()]).toEqual([[], []]);
    const { told } = await look('gone', ...ladder(), head);
    expect(await told()).toEqual([]);
  });
});

describe('a project of which something changed', () => {
  const woken = async (...there: readonly There[]) => {
    const kept = await keeping(...there);
    const reconciled = await kept.act((tx) => reconcileProject(tx, project, now));
    expect(reconciled).toEqual({ wakeAt: null });
    return kept.woken();
  };

  it('wakes what waits, and the environments that have something to ask for, and no others', async () => {
    const waits: There = ['promotion', promotion('into prod', 'prod', next)];
    expect(await woken(...ladder())).toEqual([]);
    expect(await woken(...ladder(), waits)).toEqual(['promotion/into prod']);
    const head: There = ['branch', branch('develop', next)];
    expect(await woken(...ladder(), waits, head)).toEqual(
      expect.arrayContaining(['environment/dev', 'promotion/into prod']),
    );
    const into: There = ['promotion', promotion('into dev', 'dev', current)];
    expect(await woken(...ladder(), into, head)).toEqual(['promotion/into dev', 'environment/dev']);
    const hand = declared(prod, 'manual', 'main');
    const merged: There = ['branch', branch('main', next)];
    expect(await woken(...ladder(hand), merged)).toEqual(['environment/prod']);
    expect(await woken(...ladder({ ...hand, retiredAt: now }), merged)).toEqual([]);
  });

  it('has an environment look for itself where that cannot be found out, which holds up no other', async () => {
    const lost = { ...dev, rules: { ...dev.rules, file: 'sha256:gone' as never } };
    const waits: There = ['promotion', promotion('into prod', 'prod', next)];
    expect((await woken(...ladder(lost), waits)).toSorted()).toEqual([
      'environment/dev',
      'promotion/into prod',
    ]);
  });

  it.each<[string, Error]>([
    ['the store may answer later', new Failure('unavailable', 'store-away', 'It is away.')],
    ['something is broken', new Error('broken')],
  ])('is looked at again as a whole where %s', async (_, thrown) => {
    const kept = await keeping(...ladder());
    const looked = kept.act((tx) => {
      const list: typeof tx.list = (of, kind, ...rest) =>
        kind === 'branch' ? Promise.reject(thrown) : tx.list(of, kind, ...rest);
      return reconcileProject(storeWith(tx, { list }), project, now);
    });
    await expect(looked).rejects.toBe(thrown);
    expect(kept.woken()).toEqual([]);
  });
});
