import { describe, expect, it } from 'vitest';
import { anEmptyEnvironment, aPromotionOf, aReleaseOf } from '../../domain/environment.kit.ts';
import { digestOf } from '../../domain/canonical.ts';
import { type ActorId, type EnvironmentName, type Instant, later, type RoleName } from '../../domain/ids.ts';
import type { ProjectFile } from '../../domain/project-file/types.ts';
import type { Promotion } from '../../domain/promotion.ts';
import { type Rollout, wantedPercent } from '../../domain/rollout/types.ts';
import type { Transaction } from '../../engine/store.ts';
import type { Caller } from '../face.ts';
import { ada, aFile, aProjectWith, eve, person, program } from '../kept.kit.ts';
import { createRolloutCommands, giveWay, holdLive, takeBackLive } from './rollout-commands.ts';
import { inCanary, observed, samples, seen, start } from './rollout.kit.ts';
import { enterHeld, enterNextStep } from './transitions.ts';

const release = aReleaseOf('1.1.0', { web: 'web 2' });
const promotion: Promotion = { ...aPromotionOf(release), id: inCanary.promotion };
const { project, id: environment, agent } = anEmptyEnvironment;
const held = enterHeld(inCanary, { kind: 'insufficient evidence', detail: 'too thin' }, null, start);
const bo = person('bo@example.org');

/** Ada is a lead and one of QA, as Bo is; QA approves for no environment. */
const file: ProjectFile = {
  ...aFile,
  roles: {
    ...aFile.roles,
    ['qa' as RoleName]: { members: ['bo@example.org', 'ada@example.org'] as ActorId[] },
  },
};
const approved: ProjectFile = {
  ...file,
  pipelines: {
    main: [
      {
        environment: 'prod' as EnvironmentName,
        gates: [],
        approvals: {
          count: 1,
          from: ['lead' as RoleName],
          distinctRoles: 1,
          notRequester: false,
          expireMs: 1,
        },
      },
    ],
  },
};

/** Its agent is there, and judges. */
async function rolling(rollout: Rollout, rules: ProjectFile = file) {
  const kept = await aProjectWith([anEmptyEnvironment], rules);
  const { put, get, clock, parts, told, store } = kept;
  await put('rollout', rollout.id, rollout);
  await put('promotion', promotion.id, promotion);
  await put('release', release.id, release);
  await put('agent', agent, {
    id: agent,
    project,
    environments: [environment],
    keys: [],
    lastHeardAt: start,
    boot: 'a',
  });
  const observation = observed(seen(rollout));
  await put('observation', environment, { id: environment, project, agent, at: clock.now(), observation });
  return {
    ...kept,
    commands: createRolloutCommands(
      parts,
      async (_, { state, ...one }) => ({ state, wantedPercent: wantedPercent({ state, ...one }) }) as never,
    ),
    rollout: () => get('rollout', rollout.id),
    kinds: async () => (await told()).map(({ kind, actor }) => [kind, 'id' in actor ? actor.id : actor.kind]),
    act: (work: (tx: Transaction) => Promise<void>) => store.transaction(work),
  };
}

type World = Awaited<ReturnType<typeof rolling>>;
const doings: Readonly<Record<string, (world: World, caller: Caller) => Promise<unknown>>> = {
  paused: async ({ commands }, caller) => commands.pause(project, inCanary.id, { note: 'lunch' }, caller),
  resumed: async ({ commands }, caller) => commands.resume(project, inCanary.id, { note: 'back' }, caller),
  'let go on': async ({ commands }, caller) =>
    commands.advance(project, inCanary.id, { reason: 'well' }, caller),
  'taken back': async ({ commands }, caller) =>
    commands.abort(project, inCanary.id, { reason: 'no' }, caller),
};

describe('a rollout', () => {
  it.each<[string, Rollout, string, number, string]>([
    ['paused', inCanary, 'held', 10, 'rollout.held'],
    ['resumed', held, 'canary', 10, 'rollout.resumed'],
    ['let go on', held, 'canary', 50, 'rollout.advanced'],
    ['taken back', inCanary, 'rolling back', 0, 'rollout.taken-back'],
  ])(
    'is %s by a person with a role, in their name, and looked at again',
    async (doing, before, phase, percent, kind) => {
      const world = await rolling(before);
      expect(await doings[doing]?.(world, ada)).toMatchObject({ state: { phase }, wantedPercent: percent });
      expect((await world.rollout())?.state.phase).toBe(phase);
      expect((await world.kinds())[0]).toEqual([kind, 'ada@example.org']);
      expect(world.takeWoken()).toContain(`rollout/${inCanary.id}`);
    },
  );

  it.each(Object.keys(doings))('is not %s by a program, nor by who has no role', async (doing) => {
    const world = await rolling(doing === 'paused' || doing === 'taken back' ? inCanary : held);
    const before = await world.rollout();
    await expect(doings[doing]?.(world, program('ci'))).rejects.toMatchObject({
      kind: 'denied',
      code: 'person-needed',
    });
    await expect(doings[doing]?.(world, eve)).rejects.toMatchObject({ kind: 'denied', code: 'role-unknown' });
    expect(await world.rollout()).toEqual(before);
    expect(await world.kinds()).toEqual([]);
  });

  it('keeps in the log what was said when it was resumed', async () => {
    const world = await rolling(held);
    await doings['resumed']?.(world, ada);
    expect((await world.told())[0]).toMatchObject({ payload: { note: 'back' } });
  });

  it('is not resumed while nobody would judge it (REL-9)', async () => {
    const world = await rolling(held);
    const record = await world.get('agent', agent);
    if (record === undefined) throw new Error('it is there');
    await world.put('agent', agent, { ...record, silentSince: start });
    await expect(doings['resumed']?.(world, ada)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'judge-not-back',
      facts: { agent, heardAt: world.clock.now() },
    });
  });
});

it('a rollout is resumed as it was held when one saw it, and not as it is held since (REL-9)', async () => {
  const world = await rolling(held);
  const resume = (heldSince: Instant) =>
    world.commands.resume(project, held.id, { note: 'mended', heldSince }, ada);
  await expect(resume(later(start, -1))).rejects.toMatchObject({
    kind: 'conflict',
    code: 'rollout-held-anew',
  });
  expect(await world.rollout()).toEqual(held);
  await resume(start);
  expect((await world.rollout())?.state.phase).not.toBe('held');
});

describe('a rollout that a person lets go on past its evidence', () => {
  it('is shown as it would be when only asked, and not changed', async () => {
    const world = await rolling(held);
    const shown = await world.commands.advance(project, held.id, { reason: 'well', dryRun: true }, ada);
    expect(shown).toMatchObject({ wantedPercent: 50 });
    expect(await world.rollout()).toEqual(held);
    expect([await world.kinds(), world.takeWoken()]).toEqual([[], []]);
  });

  it('needs one of the roles that approve, where some do', async () => {
    const world = await rolling(held, approved);
    await expect(doings['let go on']?.(world, bo)).rejects.toMatchObject({
      kind: 'denied',
      code: 'advance-role-missing',
    });
    await doings['let go on']?.(world, ada);
    expect((await world.rollout())?.advances).toMatchObject([
      { by: { id: 'ada@example.org' }, reason: 'well' },
    ]);
    const open = await rolling(held);
    await doings['let go on']?.(open, bo);
    expect((await open.rollout())?.state.phase).toBe('canary');
  });

  it('is let go on from where it was held as one saw it, and from nowhere else', async () => {
    const world = await rolling(held);
    const ask = (heldSince: Instant) =>
      world.commands.advance(project, held.id, { reason: 'well', heldSince }, ada);
    await expect(ask(later(start, -1))).rejects.toMatchObject({
      kind: 'conflict',
      code: 'rollout-held-anew',
    });
    expect(await world.rollout()).toEqual(held);
    await ask(start);
    expect((await world.rollout())?.state.phase).toBe('canary');
  });

  it('is not let past a rule that is about to speak on what came in just now (REL-9)', async () => {
    const world = await rolling(held);
    const bad = samples(held, 60, { errorRatio: 0.3 });
    await world.store.transaction((tx) => tx.addSamples(project, bad));
    await expect(doings['let go on']?.(world, ada)).rejects.toMatchObject({ code: 'rollout-condemned' });
  });
});

describe('a live rollout, for somebody who asked for something else,', () => {
  const by = { kind: 'person', id: 'ada@example.org' as ActorId } as const;
  const watching = enterNextStep(enterNextStep(enterNextStep(inCanary, start), start), start);

  it('is taken back in their name, and looked at again', async () => {
    const { act, rollout, kinds, takeWoken } = await rolling(inCanary);
    await act((tx) => takeBackLive(tx, inCanary, by, 'back to 1.0.0', start));
    expect((await rollout())?.state).toMatchObject({
      phase: 'rolling back',
      reason: { by, note: 'back to 1.0.0' },
    });
    expect((await kinds())[0]).toEqual(['rollout.taken-back', by.id]);
    expect(takeWoken()).toContain(`rollout/${inCanary.id}`);
  });

  it('is held after a restore in the name of who restored', async () => {
    const { act, rollout, told } = await rolling(inCanary);
    await act((tx) => holdLive(tx, inCanary, by, 'restored', start));
    expect((await rollout())?.state).toMatchObject({
      phase: 'held',
      percent: 0,
      reason: { by, note: 'restored' },
    });
    expect((await told())[0]).toMatchObject({
      kind: 'rollout.held',
      actor: by,
      payload: { note: 'restored' },
    });
  });

  it('gives way to what was asked for, and its environment keeps what it served', async () => {
    const { act, rollout, get, told } = await rolling(watching);
    const to: Promotion = { ...promotion, id: 'another' as never, requestedBy: by };
    await act((tx) => giveWay(tx, watching, to, start));
    expect((await rollout())?.state).toEqual({ phase: 'superseded', by: 'another', at: start });
    expect((await get('environment', environment))?.stable).toMatchObject({
      web: { artifact: digestOf('web 2') },
    });
    expect((await told())[0]).toMatchObject({ kind: 'promotion.superseded', actor: by });
  });
});
