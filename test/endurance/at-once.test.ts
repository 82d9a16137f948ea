import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventView, PromotionView } from '../../src/client/index.ts';
import { answerOf } from '../../src/client/index.ts';
import { habit, ladderOfThree, projectFiles } from './project.ts';
import { Rung, until } from './rung.ts';

const rounds = [1, 2];
const versions = ['1.0.0', '1.1.0', '1.2.0'];

let rung: Rung;

beforeAll(async () => {
  rung = await Rung.start({ files: { ...projectFiles(), 'rung.yaml': ladderOfThree() } });
  for (const version of versions) {
    await rung.write({ 'web/habit.json': habit(version) });
    await rung.merge(`feat: ${version}`);
    await rung.runs('dev', version);
  }
  for (const version of versions) {
    expect((await typed('promote', version, '--to', 'staging')).code).toBe(0);
    await rung.runs('staging', version);
  }
}, 180_000);
afterAll(() => rung?.[Symbol.asyncDispose](), 60_000);

interface Typed {
  readonly code: number;
  /** The one document that `--json` prints: what was asked for, or the problem. */
  readonly told: {
    readonly id?: string;
    readonly code?: string;
    readonly detail?: string;
    readonly wayOut?: string;
    readonly state?: PromotionView['state'];
    readonly admission?: PromotionView['admission'];
  };
}

async function typed(...args: readonly string[]): Promise<Typed> {
  const { code, output } = await rung.cli(...args, '--json');
  return { code, told: JSON.parse(output) as Typed['told'] };
}

const terminals = (...commands: readonly (readonly string[])[]): Promise<readonly Typed[]> =>
  Promise.all(commands.map((one) => typed(...one)));

async function promotion(id: string | undefined): Promise<PromotionView> {
  const { project } = await rung.address();
  const params = { path: { project, id: id ?? '' } };
  return answerOf((await rung.as('ada')).GET('/api/v1/projects/{project}/promotions/{id}', { params }));
}

const over = (id: string | undefined): Promise<PromotionView> =>
  until(`the end of ${id}`, async () => {
    const now = await promotion(id);
    return ['waiting', 'running'].includes(now.state.phase) ? null : now;
  });

const inStaging = async (): Promise<string> => (await rung.environment('staging')).release?.version ?? '';
const others = async (): Promise<readonly string[]> => {
  const now = await inStaging();
  return versions.filter((version) => version !== now);
};

/** Promotions in the order in which their rollouts began. Two that overlap in the log fail the test. */
function startsIn(events: readonly EventView[]): readonly unknown[] {
  const ends = new Set(['promotion.succeeded', 'promotion.rolled-back', 'promotion.failed']);
  const started: unknown[] = [];
  let live: unknown = null;
  for (const { kind, payload } of events) {
    if (kind === 'promotion.started') {
      expect(live, 'two rollouts at once').toBeNull();
      live = payload?.['promotion'];
      started.push(live);
    } else if (ends.has(kind)) {
      expect(payload?.['promotion']).toBe(live);
      live = null;
    }
  }
  return started;
}

describe('two terminals at the same moment, on a real PostgreSQL (OPS-9)', () => {
  it.each(rounds)('promoting one release make one rollout, and one is told who asked (%i)', async () => {
    const [version = ''] = await others();
    const told = await terminals(
      ['promote', version, '--to', 'staging'],
      ['promote', version, '--to', 'staging', '--as', 'bo@example.org'],
    );
    expect(told.map(({ code }) => code).toSorted((one, other) => one - other)).toEqual([0, 13]);
    const winner = told.find(({ code }) => code === 0)?.told;
    const loser = told.find(({ code }) => code === 13)?.told;
    expect(loser).toMatchObject({ code: 'promotion-exists' });
    expect(loser?.wayOut).toContain(winner?.id);
    expect((await over(winner?.id)).state.phase).toBe('succeeded');
    await rung.runs('staging', version);
    const starts = startsIn(await rung.events('staging'));
    expect(starts.filter((one) => one === winner?.id)).toHaveLength(1);
    expect(starts.at(-1)).toBe(winner?.id);
  });

  it.each(rounds)('promoting two releases never run both at once, and the other is named (%i)', async () => {
    const told = await terminals(
      ...(await others()).map((version) => ['promote', version, '--to', 'staging']),
    );
    expect(told.map(({ code }) => code)).toEqual([0, 0]);
    const [first, second] = await Promise.all(told.map((one) => over(one.told.id)));
    const two = [first, second].flatMap((one) => (one === undefined ? [] : [one]));
    const replaced = two.find(({ state }) => state.phase === 'superseded');
    const went = two.filter(({ state }) => state.phase === 'succeeded');
    expect(went).toHaveLength(replaced === undefined ? 2 : 1);
    // A request that has not become a rollout gives way to the newer one; behind a rollout the newer one waits.
    if (replaced !== undefined) expect(replaced.state).toMatchObject({ by: went[0]?.id });
    else {
      const blockers = told.flatMap((one) => one.told.admission?.blockers ?? []);
      expect(blockers).toEqual([expect.objectContaining({ kind: 'one at a time', effect: 'waits' })]);
      expect(blockers[0]?.reason).toMatch(/^1\.[012]\.0 is on its way in staging/u);
    }
    const starts = startsIn(await rung.events('staging'));
    for (const { id, state } of two) expect(starts.includes(id)).toBe(state.phase === 'succeeded');
  });
});

describe('two people at the same moment, on a real PostgreSQL (OPS-8, REL-3)', () => {
  const waiting = async (): Promise<string> => {
    const inProd = (await rung.environment('prod')).release?.version;
    const version = versions.find((one) => one !== inProd) ?? '';
    const { code, told } = await typed('promote', version, '--to', 'prod');
    expect(code).toBe(0);
    return told.id ?? '';
  };
  const approve = (id: string, by: string) => ['approve', id, '--yes', '--as', `${by}@example.org`];
  const reject = (id: string, by: string) => [
    'reject',
    id,
    '--reason',
    'not today',
    '--as',
    `${by}@example.org`,
  ];

  it('one person who approves in two terminals counts once', async () => {
    const id = await waiting();
    const told = await terminals(approve(id, 'ada'), approve(id, 'ada'), approve(id, 'ada'));
    expect(told.map(({ code }) => code)).toEqual([0, 0, 0]);
    const { state, approvals, admission } = await promotion(id);
    expect(state.phase).toBe('waiting');
    expect(approvals.map(({ by }) => by)).toEqual(['ada@example.org']);
    expect(admission.blockers.map(({ kind }) => kind)).toEqual(['approvals']);
    expect((await typed('withdraw', id)).code).toBe(0);
  });

  it.each(rounds)(
    'the last approval and a rejection have one winner, whom the other is told of (%i)',
    async () => {
      const id = await waiting();
      expect((await terminals(approve(id, 'ada')))[0]?.code).toBe(0);
      const [yes, no] = await terminals(approve(id, 'bo'), reject(id, 'ada'));
      const { state } = await over(id);
      expect(['succeeded', 'rejected']).toContain(state.phase);
      const wentAhead = state.phase === 'succeeded';
      expect(no?.code).toBe(wentAhead ? 13 : 0);
      const refused = [yes, no].filter((one) => one?.code === 13);
      if (wentAhead) expect(refused).toEqual([no]);
      for (const one of refused) expect(one?.told).toMatchObject({ code: 'promotion-not-waiting' });
      const starts = startsIn(await rung.events('prod'));
      expect(starts.filter((one) => one === id)).toHaveLength(wentAhead ? 1 : 0);
    },
  );
});
