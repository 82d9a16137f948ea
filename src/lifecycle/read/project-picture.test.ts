import { describe, expect, it } from 'vitest';
import { aPromotionOf, aReleaseOf } from '../../domain/environment.kit.ts';
import { digestOf } from '../../domain/canonical.ts';
import { type AgentId, instant, type ProjectId } from '../../domain/ids.ts';
import type { Promotion, PromotionState } from '../../domain/promotion.ts';
import type { Filter, Reader, RecordKind } from '../../engine/store.ts';
import { inCanary, observed, samples, start } from '../deliver/rollout.kit.ts';
import { settle } from '../deliver/transitions.ts';
import { aProjectWith, environmentNamed } from '../kept.kit.ts';
import { pictureOf, type Within } from './project-picture.ts';

const release = aReleaseOf('1.0.0', { web: 'web 1' });
const environments = ['dev', 'test', 'prod'].map((name) =>
  environmentNamed(name, { agent: `agent of ${name}` as AgentId }),
);
const { project } = release;
const other = 'another project' as ProjectId;

/** Two promotions into each environment, one of them over; a rollout, a word of its agent, and an old promotion without number. */
async function projectWithMuch() {
  const kept = await aProjectWith(environments);
  const { put, clock } = kept;
  for (const { id, agent } of environments) {
    const states: readonly PromotionState[] = [
      { phase: 'waiting' },
      { phase: 'withdrawn', by: { kind: 'automation', rule: 'x' }, at: start, reason: '' } as never,
    ];
    for (const [index, state] of states.entries()) {
      const promotion = {
        ...aPromotionOf(release),
        id: `${index} into ${id}`,
        environment: id,
        state,
      } as Promotion;
      await put('promotion', promotion.id, promotion);
    }
    const rollout = { ...inCanary, id: `rollout in ${id}` as never, environment: id };
    await put('rollout', rollout.id, id === 'dev' ? settle(rollout, start) : rollout);
    await put('agent', agent, {
      id: agent,
      project,
      environments: [id],
      keys: [],
      lastHeardAt: null,
      boot: null,
    });
    const observation = observed(null, { environment: id });
    await put('observation', id, { id, project, agent, at: clock.now(), observation });
    const waiver = { id: `waiver of ${id}`, project, gate: 'tests', tree: 'tree', environment: id };
    await put('waiver', waiver.id, { ...waiver, by: 'ada', roles: [], reason: '', at: instant(1) } as never);
  }
  let asked = 0;
  /** What a look shows, and how often the store was asked for it. */
  const looking = <T>(look: (reader: Reader) => Promise<T>): Promise<T> =>
    kept.store.read((tx) => {
      const counted: Reader = {
        get: (...of) => ((asked += 1), tx.get(...of)),
        list: (...of) => ((asked += 1), tx.list(...of)),
        samplesAfter: (...of) => tx.samplesAfter(...of),
      };
      return look(counted);
    });
  return { ...kept, looking, takeAsked: () => [asked, (asked = 0)][0] };
}

const filters: readonly (readonly [RecordKind, Filter])[] = [
  ['environment', {}],
  ['environment', { name: 'dev' }],
  ['environment', { name: ['dev', 'prod', 'nowhere'] }],
  ['environment', { name: 'nowhere' }],
  ['observation', { environment: environments[0]?.id }],
  ['agent', {}],
  ['promotion', {}],
  ['promotion', { phase: ['waiting'] }],
  ['promotion', { phase: ['withdrawn'] }],
  ['promotion', { phase: ['waiting', 'withdrawn'] }],
  ['promotion', { environment: environments[1]?.id, phase: ['waiting', 'running'] }],
  ['promotion', { environment: environments[1]?.id, name: release.id }],
  ['promotion', { environment: environments.map(({ id }) => id), phase: ['waiting'] }],
  ['promotion', { environment: environments[1]?.id }],
  ['rollout', { phase: ['canary'] }],
  ['rollout', { environment: environments[0]?.id, phase: ['canary', 'held'] }],
  ['rollout', { phase: ['succeeded'] }],
  ['waiver', { environment: environments[2]?.id, tree: 'tree' }],
  ['waiver', { environment: environments[2]?.id, tree: 'another tree' }],
  ['waiver', { environment: environments[2]?.id, name: 'tests' }],
  ['waiver', { tree: 'tree' }],
  ['proposal', { environment: environments[0]?.id, phase: ['waiting'] }],
  ['exception', { environment: environments[0]?.id, phase: ['standing'] }],
];
const ids: readonly (readonly [RecordKind, string])[] = [
  ['environment', 'dev'],
  ['environment', 'prod'],
  ['environment', 'nowhere'],
  ['observation', 'test'],
  ['agent', 'agent of dev'],
  ['agent', 'agent of prod'],
  ['alarm', 'dev'],
  ['rollout', 'rollout in dev'],
  ['rules', digestOf('rules')],
];

const parts: readonly (readonly [string, readonly string[] | null])[] = [
  ['of all of it', null],
  ['of one environment', ['dev']],
  ['of two, one of which is not there', ['test', 'nowhere']],
  ['of none', []],
];

describe.each(parts)('a picture of a project, %s,', (_, names) => {
  const within = async (tx: Reader): Promise<Within | null> =>
    names === null
      ? null
      : {
          names,
          environments: (await tx.list(project, 'environment', { name: names }, { limit: 200 })).items,
        };

  it.each(filters)('lists what the store lists: %s %j', async (kind, filter) => {
    const { looking } = await projectWithMuch();
    const pages = [{}, { limit: 1 }, { limit: 2, after: '1 into test' }];
    await looking(async (tx) => {
      const picture = pictureOf(tx, project, await within(tx));
      for (const page of pages) {
        const told = await picture.list(project, kind, filter, page);
        const shown = {
          next: told.next,
          items: told.items.map(({ value, version }) => ({ value, version })),
        };
        expect(shown).toEqual(await tx.list(project, kind, filter, page));
      }
      expect((await picture.list(other, kind, filter)).items).toEqual([]);
    });
  });

  it.each(ids)('has what the store has: %s %s', async (kind, id) => {
    const { looking } = await projectWithMuch();
    await looking(async (tx) => {
      const picture = pictureOf(tx, project, await within(tx));
      const [shown, kept] = [await picture.get(project, kind, id), await tx.get(project, kind, id)];
      expect(shown?.value).toEqual(kept?.value);
      expect(shown?.version).toBe(kept?.version);
      expect(await picture.get(other, kind, id)).toBeUndefined();
    });
  });

  it('asks for nothing twice', async () => {
    const { looking, takeAsked } = await projectWithMuch();
    await looking(async (tx) => {
      const picture = pictureOf(tx, project, await within(tx));
      const lookAtAll = async () => {
        for (const [kind, filter] of filters) await picture.list(project, kind, filter);
        for (const [kind, id] of ids) await picture.get(project, kind, id);
      };
      await lookAtAll();
      takeAsked();
      await lookAtAll();
      expect(takeAsked()).toBe(0);
    });
  });
});

describe('what is asked of each of many environments', () => {
  it.each<[string, (reader: Reader, id: string) => Promise<unknown>]>([
    ['its own record', (reader, id) => reader.get(project, 'environment', id)],
    ['what its agent said', (reader, id) => reader.get(project, 'observation', id)],
    ['its agent', (reader, id) => reader.get(project, 'agent', `agent of ${id}`)],
    [
      'what is rolled out',
      (reader, id) => reader.list(project, 'rollout', { environment: id as never, phase: ['canary'] }),
    ],
    [
      'what waits',
      (reader, id) => reader.list(project, 'promotion', { environment: id as never, phase: ['waiting'] }),
    ],
    [
      'what was waived for a tree',
      (reader, id) => reader.list(project, 'waiver', { environment: id as never, tree: 'tree' }),
    ],
    ['its alarms', (reader, id) => reader.get(project, 'alarm', id)],
    [
      'rules that wait',
      (reader, id) => reader.list(project, 'proposal', { environment: id as never, phase: ['waiting'] }),
    ],
    [
      'exceptions',
      (reader, id) => reader.list(project, 'exception', { environment: id as never, phase: ['standing'] }),
    ],
  ])('is one question to the store: %s', async (_, ask) => {
    const { looking, takeAsked } = await projectWithMuch();
    await looking(async (tx) => {
      const names = environments.map(({ name }) => name);
      const some = (await tx.list(project, 'environment', { name: names })).items;
      for (const picture of [pictureOf(tx, project), pictureOf(tx, project, { names, environments: some })]) {
        takeAsked();
        for (const { id } of environments) await ask(picture, id);
        expect(takeAsked()).toBeLessThan(2);
      }
    });
  });

  it('tells one question from another, and gives samples as they are kept', async () => {
    const { looking, store } = await projectWithMuch();
    const { id } = inCanary;
    await store.transaction((tx) => tx.addSamples(project, samples(inCanary, 3)));
    await looking(async (tx) => {
      const picture = pictureOf(tx, project);
      const over = await picture.list(project, 'promotion', { phase: ['withdrawn'] });
      const all = await picture.list(project, 'promotion', {});
      expect([over.items.length, all.items.length]).toEqual([3, 6]);
      expect(await picture.samplesAfter(project, id, 1, 5)).toEqual(await tx.samplesAfter(project, id, 1, 5));
    });
  });

  it('reads of those that it is for, and of no others', async () => {
    const { looking, store } = await projectWithMuch();
    const asked: (Filter | undefined)[] = [];
    await looking(async (tx) => {
      const [dev] = (await store.read((all) => all.list(project, 'environment', { name: 'dev' }))).items;
      const noting: Reader = {
        ...tx,
        list: (of, kind, filter, page) => (asked.push(filter), tx.list(of, kind, filter, page)),
      };
      const picture = pictureOf(noting, project, {
        names: ['dev'],
        environments: dev === undefined ? [] : [dev],
      });
      await picture.get(project, 'observation', 'dev');
      await picture.get(project, 'agent', 'agent of dev');
      await picture.get(project, 'environment', 'dev');
    });
    expect(asked).toEqual([{ environment: ['dev'] }, { ids: ['agent of dev'] }]);
  });
});
