import { isFailure } from '../../../../src/domain/failure.ts';
import { digestOf } from '../../../../src/domain/canonical.ts';
import type { ActorId, ServiceName } from '../../../../src/domain/ids.ts';
import type { Promotion } from '../../../../src/domain/promotion.ts';
import { isLive, type Rollout } from '../../../../src/domain/rollout/types.ts';
import type { Caller } from '../../../../src/lifecycle/face.ts';
import type { Chance } from '../../../../src/simulate/chance.ts';
import { pick } from '../machine/chance.ts';
import type { Replica } from '../plane/replica.ts';
import type { World } from '../world.ts';
import { environmentNames, fileOf, members, serviceNames, stranger, type Wording } from './project.ts';

/** What somebody asks one replica for. May be refused, and may never be answered; must never be a defect. */
export function ask(
  world: World,
  chance: Chance,
  what: string,
  work: (replica: Replica) => Promise<unknown>,
): void {
  const replica = world.anyReplica(chance);
  if (replica === null) return world.reached.note('answers', 'nobody there');
  const said = (answer: string): void => {
    world.trace.add(what, answer);
    world.reached.note('answers', answer);
  };
  replica.scope.deliver(() => {
    work(replica).then(
      () => said('ok'),
      (thrown: unknown) => {
        if (isFailure(thrown) && thrown.kind !== 'defect') return said(thrown.code);
        world.witness.defect(
          `${what}: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}`,
        );
      },
    );
  });
}

export const personNamed = (person: string): Caller => ({
  actor: { kind: 'person', id: person as ActorId },
  scopes: 'all',
  person: person as ActorId,
});

export const somebody = (chance: Chance): Caller =>
  personNamed(chance() < 0.05 ? stranger : pick(chance, members));

const builder: Caller = {
  actor: { kind: 'token', id: 'builder' as ActorId, name: 'builder' },
  scopes: ['build'],
  person: null,
};

const tryAgainMs = 5_000;

/** Somebody merges a change, and CI builds it; CI tries again until it is heard. */
export function push(world: World, chance: Chance): void {
  world.builds += 1;
  const build = world.builds;
  const isFirst = build === 1;
  const artifacts = serviceNames.map((name) => {
    const isChanged = isFirst || chance() < 0.7;
    const artifact = digestOf(
      isChanged ? `${name} ${build}` : `${name} of before ${chance() < 0.5 ? 1 : build}`,
    );
    const isGood = isFirst || chance() < 0.6;
    if (!world.artifacts.has(artifact))
      world.artifacts.set(artifact, {
        service: name as ServiceName,
        startsWithinMs: 3_000,
        neverHealthy: !isGood && chance() < 0.15,
        smokeFails: !isGood && chance() < 0.2,
        errors: isGood || chance() < 0.5 ? 0 : pick(chance, [0.06, 0.2, 1]),
        crashesAfterMs: !isGood && chance() < 0.15 ? 60_000 : null,
      });
    return [name, artifact] as const;
  });
  const tree = digestOf(`tree ${build}`).slice(7, 47);
  const offer = {
    tree,
    commit: tree,
    branch: 'develop',
    services: Object.fromEntries(artifacts.map(([name, artifact]) => [name, { artifact }])),
    commits: [{ id: tree, message: pick(chance, ['feat: a', 'fix: b', 'feat!: c']), author: 'ada' }],
  };
  const post = async ({ control, project }: Replica): Promise<void> => {
    for (const [, artifact] of artifacts) await control.putArtifact(project, artifact, nothing, builder);
    await control.branchesMoved(project, [{ ref: 'develop', commit: tree, tree }]);
    const { version } = await control.createRelease(project, offer, builder);
    if (!world.versions.includes(version)) world.versions.push(version);
  };
  let isDone = false;
  const attempt = (): void => {
    if (isDone) return;
    ask(world, chance, `CI builds ${build}`, (replica) => post(replica).then(() => void (isDone = true)));
    world.clock.after(tryAgainMs, attempt);
  };
  attempt();
}

const nothing: AsyncIterable<Uint8Array> = {
  [Symbol.asyncIterator]: () => ({ next: async () => ({ done: true, value: undefined }) }),
};

export const waiting = ({ ledger }: World): readonly Promotion[] =>
  ledger.all('promotion').filter(({ state }) => state.phase === 'waiting');

export const live = ({ ledger }: World): readonly Rollout[] =>
  ledger.all('rollout').filter(({ state }) => isLive(state));

/** One of them, and rather the newest. */
export function oneOf<T>(chance: Chance, all: readonly T[]): T | undefined {
  return chance() < 0.7 ? all.at(-1) : all[Math.floor(chance() * all.length)];
}

export function promote(world: World, chance: Chance, isEmergency: boolean): void {
  const release = oneOf(chance, world.versions);
  if (release === undefined) return;
  const to = chance() < 0.7 ? 'prod' : pick(chance, environmentNames);
  const who = somebody(chance);
  ask(
    world,
    chance,
    `${nameOf(who)} promotes ${release} to ${to}${isEmergency ? ' as an emergency' : ''}`,
    (one) =>
      one.control.requestPromotion(
        one.project,
        { release, to, reason: 'it is wanted', ...(isEmergency && { emergency: true }) },
        who,
      ),
  );
}

/** The usual way: what runs in test is found good there, asked for in prod, and everybody says yes. */
export function bringOnwards(world: World, chance: Chance): void {
  const who = personNamed(pick(chance, members));
  ask(world, chance, `${nameOf(who)} brings on what runs in test`, async ({ control, project }) => {
    const { release } = await control.environment(project, 'test');
    if (release === null) return;
    await control.validate(project, 'test', { note: 'looks good' }, who);
    const { id, plan } = await control.requestPromotion(
      project,
      { release: release.version, to: 'prod' },
      who,
    );
    for (const one of everybody)
      if (one.person !== who.person)
        await control.approve(project, id, { planHash: plan.hash }, one).catch(passRefusal);
  });
}

/** A refusal is an answer to one, and keeps nobody else from asking. */
function passRefusal(thrown: unknown): void {
  if (!isFailure(thrown) || thrown.kind === 'defect') throw thrown;
}

export const nameOf = ({ person }: Caller): string => (person ?? 'CI').replace('@example.org', '');

/** People say yes to what they see; now and then to what they saw before. */
export function approve(world: World, chance: Chance, callers: readonly Caller[]): void {
  const promotion = oneOf(chance, waiting(world));
  if (promotion === undefined) return;
  const { id, version, emergency } = promotion;
  for (const who of callers)
    ask(world, chance, `${nameOf(who)} approves ${version}`, async ({ control, project }) => {
      const { plan } = chance() < 0.9 ? await control.promotion(project, id) : promotion;
      const said = emergency !== undefined && chance() < 0.9;
      await control.approve(project, id, { planHash: plan.hash, ...(said && { emergency: true }) }, who);
    });
}

export function editFile(world: World, chance: Chance, wording: Partial<Wording>): void {
  const next = { ...world.wording, ...wording };
  world.wording = next;
  const who = somebody(chance);
  const text = fileOf(next).text;
  ask(world, chance, `${nameOf(who)} edits the project file (${Object.values(next).join(', ')})`, (one) =>
    one.control.applyRules(one.project, { text, branch: 'main' }, who),
  );
}

export const everybody = members.map(personNamed);
