import { describe, expect, it } from 'vitest';
import type { ChainedEvent } from '../../src/domain/event.ts';
import type { ActorId, Digest } from '../../src/domain/ids.ts';
import { parseProjectFile } from '../../src/lifecycle/declare/parse.ts';
import type { Caller } from '../../src/lifecycle/face.ts';
import type { RulesView } from '../../src/lifecycle/rules-views.ts';
import type { Plane } from '../../src/simulate/world/plane.ts';
import { openPlane, retire } from '../kit/plane.ts';
import { rungYaml } from './ladder.kit.ts';

const [ada, bo, cy] = ['ada@example.org', 'bo@example.org', 'cy@example.org'] as ActorId[] as [
  ActorId,
  ActorId,
  ActorId,
];
const weaker = rungYaml.replace('count: 2,', 'count: 1,').replace('distinct-roles: 2, ', '');
const weakerStill = weaker.replace('soak: 24h', 'soak: 1h');
const stricter = rungYaml.replace('count: 2,', 'count: 3,');
const otherTest = rungYaml.replace('soak: 10m', 'soak: 1m');
const manualTest = rungYaml.replace(
  'deploy: automatic',
  'deploy: automatic, windows: [daily 09:00-16:00 UTC]',
);
const program: Caller = {
  actor: { kind: 'token', id: 'ci' as ActorId, name: 'ci' },
  scopes: 'all',
  person: null,
};

const digestOf = (text: string): Digest =>
  parseProjectFile(new TextEncoder().encode(text), 'rung.yaml').digest;
const apply = (plane: Plane, text: string, person: ActorId = cy, branch?: string) =>
  plane.control.applyRules(
    plane.project,
    { text, ...(branch !== undefined && { branch }) },
    plane.as(person),
  );
const rulesOf = (plane: Plane, name = 'prod'): Promise<RulesView> =>
  plane.control.rulesInForce(plane.project, name);
async function approve(plane: Plane, person: ActorId, comment?: string): Promise<RulesView> {
  const hash = (await rulesOf(plane)).proposal?.hash ?? '';
  const ask = { hash, ...(comment !== undefined && { comment }) };
  return plane.control.approveRules(plane.project, 'prod', ask, plane.as(person));
}
const push = (plane: Plane, projectFile: string, authors?: readonly ActorId[]): Promise<void> => {
  const tree = digestOf(projectFile).slice(7, 47);
  const head = { ref: 'main', commit: tree, tree, projectFile };
  return plane.control.branchesMoved(plane.project, [authors === undefined ? head : { ...head, authors }]);
};

/** What is told of the rules of one environment, from here on. */
async function listening(plane: Plane, name = 'prod'): Promise<() => Promise<readonly ChainedEvent[]>> {
  await plane.chainNow();
  const { position } = await plane.parts.store.head(plane.project);
  const environment = plane.declared.environments.find((one) => one.name === name);
  return async () => {
    await plane.chainNow();
    const told = await plane.parts.store.events(plane.project, position, 1000);
    return told.filter((one) => one.environment === environment?.id);
  };
}
const kindsOf = (events: readonly ChainedEvent[]): readonly string[] =>
  events.map(({ kind }) => kind).filter((kind) => kind.startsWith('rules.') || kind === 'desired.changed');

describe('a change of rules tells of itself (INF-7, AUD-1)', () => {
  it('where it is in force at once, and to the agent that lives by it', async () => {
    const plane = await openPlane(rungYaml);
    const told = await listening(plane, 'test');
    const before = (await rulesOf(plane, 'test')).branch;
    await apply(plane, otherTest, cy);
    const events = await told();
    expect(kindsOf(events)).toEqual(['rules.accepted', 'desired.changed']);
    const environment = plane.declared.environments.find(({ name }) => name === 'test');
    expect(events[0]).toMatchObject({
      actor: { kind: 'person', id: cy },
      subject: `environment/${environment?.id}`,
      payload: { file: digestOf(otherTest), branch: before, spec: { tier: 'testing' } },
    });
  });

  it('where it waits, and what became of it', async () => {
    const plane = await openPlane(rungYaml);
    const told = await listening(plane);
    await apply(plane, weaker, cy);
    const { proposal } = await rulesOf(plane);
    await approve(plane, ada);
    await approve(plane, bo, 'one is enough');
    const events = await told();
    expect(kindsOf(events)).toEqual([
      'rules.proposed',
      'rules.approved',
      'rules.approved',
      'rules.approved',
      'rules.accepted',
      'desired.changed',
    ]);
    const [proposed, first, second, ended, accepted] = events;
    expect(proposed).toMatchObject({
      actor: { kind: 'person', id: cy },
      subject: `environment/${proposed?.environment}`,
      payload: {
        from: digestOf(rungYaml),
        to: digestOf(weaker),
        hash: proposal?.hash,
        changes: proposal?.changes,
      },
    });
    expect(first).toMatchObject({ actor: { kind: 'person', id: ada }, payload: { comment: '' } });
    expect(second).toMatchObject({
      actor: { kind: 'person', id: bo },
      payload: { hash: proposal?.hash, roles: ['devops-lead'], comment: 'one is enough' },
    });
    expect(ended).toMatchObject({
      actor: { kind: 'automation', rule: 'rules in force' },
      payload: { hash: proposal?.hash, approvals: [{ by: ada }, { by: bo, roles: ['devops-lead'] }] },
    });
    expect(accepted).toMatchObject({
      actor: { kind: 'person', id: cy },
      payload: { file: digestOf(weaker), branch: 'main' },
    });
  });

  it('names what would be weaker, and not what would be stricter', async () => {
    const plane = await openPlane(rungYaml);
    const told = await listening(plane);
    await apply(plane, weaker.replace('soak: 24h', 'soak: 48h'));
    const [{ message, payload } = { message: '', payload: null }] = await told();
    expect(message).toContain('approvals 2 → 1; ');
    expect(message).not.toMatch(/48 h|2 d/u);
    expect(JSON.stringify(payload)).toContain('strengthens');
  });

  it('where it is refused, with the reason', async () => {
    const plane = await openPlane(rungYaml);
    await apply(plane, weaker);
    const told = await listening(plane);
    await plane.control.rejectRules(plane.project, 'prod', { reason: 'two have to look' }, plane.as(ada));
    const [rejected, ...others] = await told();
    expect(rejected).toMatchObject({ kind: 'rules.rejected', actor: { kind: 'person', id: ada } });
    expect(rejected?.message).toContain('two have to look');
    expect(others).toEqual([]);
  });
});

describe('a change of rules that waits (INF-7)', () => {
  it.each([
    ['the file that is in force', rungYaml, ['rules.withdrawn']],
    ['one that weakens nothing', stricter, ['rules.withdrawn', 'rules.accepted', 'desired.changed']],
    ['one that weakens more', weakerStill, ['rules.withdrawn', 'rules.proposed']],
    ['the same once more', weaker, []],
  ])('is ended by %s', async (_, next, kinds) => {
    const plane = await openPlane(rungYaml);
    await apply(plane, weaker, ada);
    const { proposal } = await rulesOf(plane);
    const told = await listening(plane);
    await apply(plane, next, bo);
    const events = await told();
    expect(kindsOf(events)).toEqual(kinds);
    for (const { kind, actor } of events)
      if (kind !== 'desired.changed') expect(actor).toMatchObject({ id: bo });
    expect((await rulesOf(plane)).proposal?.id === proposal?.id).toBe(next === weaker);
  });

  it('has one approval of each person, the latest', async () => {
    const plane = await openPlane(rungYaml);
    await apply(plane, weaker);
    await approve(plane, ada);
    await plane.clock.advance(1000);
    const { proposal } = await approve(plane, ada);
    expect(proposal?.approvals).toHaveLength(1);
    expect(proposal?.approvals[0]?.at).toBe(plane.clock.now());
    expect(proposal?.missingPeople).toBe(1);
  });

  it('wants as many people, and as many different roles among them, as the rules in force', async () => {
    const alike = rungYaml.replace(
      '[bo@example.org, ada@example.org]',
      '[bo@example.org, ada@example.org, eve@example.org]',
    );
    const roles = await openPlane(alike);
    await apply(roles, alike.replace('count: 2,', 'count: 1,').replace('distinct-roles: 2, ', ''), ada);
    await approve(roles, bo);
    expect((await approve(roles, 'eve@example.org' as ActorId)).proposal).toMatchObject({
      missingPeople: 0,
      missingRoles: 1,
    });
    expect((await approve(roles, cy)).proposal).toBeNull();
    const anybody = rungYaml.replace('distinct-roles: 2, ', '');
    const people = await openPlane(anybody);
    await apply(people, anybody.replace('count: 2,', 'count: 1,'));
    expect((await approve(people, bo)).proposal).toMatchObject({ missingPeople: 1, missingRoles: 0 });
    expect((await approve(people, ada)).proposal).toBeNull();
  });

  it('is noted with the project once, however many environments follow it', async () => {
    const plane = await openPlane(rungYaml);
    const versionOf = async (): Promise<number | undefined> =>
      (await plane.parts.store.read((tx) => tx.get(plane.project, 'project', plane.project)))?.version;
    const before = (await versionOf()) ?? 0;
    await apply(plane, weaker);
    expect(await versionOf()).toBe(before + 1);
    await approve(plane, ada);
    await approve(plane, bo);
    expect((await rulesOf(plane)).file).toBe(digestOf(weaker));
    expect(await versionOf()).toBe(before + 1);
  });

  it('cannot be put into force where its file is gone', async () => {
    const plane = await openPlane(rungYaml);
    await apply(plane, weaker);
    await approve(plane, ada);
    await plane.parts.store.transaction((tx) => tx.remove(plane.project, 'rules', digestOf(weaker)));
    await expect(approve(plane, bo)).rejects.toMatchObject({ code: 'rules-missing' });
  });

  it('is not there once it is rejected, and says so to whoever comes too late', async () => {
    const plane = await openPlane(rungYaml);
    const late = plane.control.rejectRules(plane.project, 'prod', { reason: 'no' }, plane.as(ada));
    await expect(late).rejects.toMatchObject({ code: 'rules-not-waiting', kind: 'conflict' });
    await expect(approve(plane, ada)).rejects.toMatchObject({ code: 'rules-not-waiting' });
  });
});

describe('who changes the rules (INF-7)', () => {
  it('is a person, never a program', async () => {
    const plane = await openPlane(rungYaml);
    const { control, project } = plane;
    const denied = { code: 'person-needed', kind: 'denied' };
    await expect(control.applyRules(project, { text: weaker }, program)).rejects.toMatchObject(denied);
    await apply(plane, weaker);
    const { proposal } = await rulesOf(plane);
    const ask = { hash: proposal?.hash ?? '' };
    await expect(control.approveRules(project, 'prod', ask, program)).rejects.toMatchObject(denied);
    await expect(control.rejectRules(project, 'prod', { reason: '' }, program)).rejects.toMatchObject(denied);
    expect((await rulesOf(plane)).proposal?.approvals).toEqual([]);
  });

  it('is told whose file it is, what is in the way, and whom to ask', async () => {
    const plane = await openPlane(rungYaml);
    await expect(apply(plane, rungYaml.replace('project: access', 'project: other'))).rejects.toMatchObject({
      code: 'project-other',
      kind: 'invalid',
      wayOut: expect.stringContaining('access') as string,
    });
    await expect(
      apply(plane, rungYaml.replace('  prod:', '  sit: { tier: staging }\n  prod:')),
    ).rejects.toMatchObject({ code: 'environment-undeclared', kind: 'invalid' });
    await apply(plane, weaker, ada);
    const whom = expect.stringContaining('devops-lead or qa-lead') as string;
    await expect(approve(plane, ada)).rejects.toMatchObject({ code: 'approval-by-requester', wayOut: whom });
    await expect(approve(plane, 'dot@example.org' as ActorId)).rejects.toMatchObject({
      code: 'approval-role-missing',
      kind: 'denied',
      wayOut: whom,
    });
  });

  it('may say from which branch the rules are taken from now on', async () => {
    const plane = await openPlane(rungYaml);
    await apply(plane, otherTest, cy, 'develop');
    expect((await rulesOf(plane, 'test')).branch).toBe('develop');
    await apply(plane, rungYaml, cy);
    expect((await rulesOf(plane, 'test')).branch).toBe('develop');
    await push(plane, otherTest);
    expect((await rulesOf(plane, 'test')).file).toBe(digestOf(rungYaml));
  });

  it('gets back what is in force in each environment of the file, in its order', async () => {
    const plane = await openPlane(rungYaml);
    const views = await apply(plane, stricter);
    expect(views.map(({ environment, file }) => [environment, file])).toEqual(
      ['dev', 'test', 'prod'].map((name) => [name, digestOf(stricter)]),
    );
  });
});

describe('rules that are compared', () => {
  const asked = async (plane: Plane, text: string) =>
    (await plane.control.compareRules(plane.project, text)).map(({ environment, changes, needsApproval }) => [
      environment,
      changes.length > 0,
      needsApproval,
    ]);

  it('need somebody’s word only where they weaken what is protected, and there is somebody', async () => {
    const plane = await openPlane(rungYaml);
    expect(await asked(plane, manualTest)).toEqual([
      ['dev', false, false],
      ['test', true, false],
      ['prod', false, false],
    ]);
    expect(await asked(plane, stricter)).toContainEqual(['prod', true, false]);
    expect(await asked(plane, otherTest)).toContainEqual(['test', true, false]);
    const alone = rungYaml.replace(/roles:[^]*?services:/u, 'services:').replace(/ {6}approvals: .*\n/u, '');
    const lonely = await openPlane(alone);
    expect(await asked(lonely, alone.replace('soak: 24h', 'soak: 1h'))).toContainEqual(['prod', true, false]);
  });

  it('are those of the environments that are there, in the order of the file', async () => {
    const plane = await openPlane(rungYaml);
    const turned = rungYaml
      .replace('  test: { tier: testing, deploy: automatic }\n', '')
      .replace(
        'environments:\n',
        'environments:\n  sit: { tier: testing }\n  test: { tier: testing, deploy: automatic }\n',
      );
    expect((await asked(plane, turned)).map(([environment]) => environment)).toEqual(['test', 'dev', 'prod']);
  });
});

describe('a file that comes with a push (INF-7)', () => {
  it('rules what it names and is there, and says by which push', async () => {
    const plane = await openPlane(rungYaml);
    await push(plane, rungYaml);
    const told = await listening(plane, 'test');
    const fewer = otherTest
      .replace(
        '  dev: { tier: development, source: develop, deploy: on-merge }\n',
        '  sit: { tier: testing }\n',
      )
      .replace('- environment: dev', '- environment: sit');
    await push(plane, fewer);
    expect((await rulesOf(plane, 'test')).file).toBe(digestOf(fewer));
    expect((await rulesOf(plane, 'dev')).file).toBe(digestOf(rungYaml));
    const [accepted] = await told();
    expect(accepted).toMatchObject({ actor: { kind: 'automation', rule: 'merge into main' } });
  });

  it('may be agreed to by anybody who decides, where nobody says who wrote it', async () => {
    const plane = await openPlane(rungYaml);
    await push(plane, rungYaml);
    await push(plane, weaker);
    await approve(plane, ada);
    expect((await approve(plane, bo)).file).toBe(digestOf(weaker));
  });

  it('is in force at once where nobody could agree to it', async () => {
    const alone = rungYaml.replace(/roles:[^]*?services:/u, 'services:').replace(/ {6}approvals: .*\n/u, '');
    const plane = await openPlane(alone);
    await push(plane, alone);
    const next = alone.replace('soak: 24h', 'soak: 1h');
    await push(plane, next);
    expect(await rulesOf(plane)).toMatchObject({ file: digestOf(next), proposal: null });
  });

  it('does not rule what is retired', async () => {
    const plane = await openPlane(rungYaml);
    await push(plane, rungYaml);
    const id = plane.declared.environments.find(({ name }) => name === 'test')?.id ?? '';
    await retire(plane, id);
    await push(plane, otherTest);
    const kept = await plane.parts.store.read((tx) => tx.get(plane.project, 'environment', id));
    expect(kept?.value.rules.file).toBe(digestOf(rungYaml));
  });
});
