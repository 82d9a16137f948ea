import { digestOf } from '../../../../src/domain/canonical.ts';
import type { ServiceName } from '../../../../src/domain/ids.ts';
import type { Caller } from '../../../../src/lifecycle/face.ts';
import type { Chance } from '../../../../src/simulate/chance.ts';
import { pick } from '../machine/chance.ts';
import type { Replica } from '../plane/replica.ts';
import type { World } from '../world.ts';
import {
  ask,
  builder,
  everybody,
  nameOf,
  oneOf,
  passRefusal,
  personNamed,
  somebody,
  someWaiting,
  whoDecides,
} from './asking.ts';
import { openGates } from './gates.ts';
import { beforeProd, fileOf, members, serviceNames, type Wording } from './project.ts';

const tryAgainMs = 5_000;
/** Of its requests that a version fails: what projects here put up with, so that it takes long to know, and more. */
const withinLimit = [0, 0, 0.02, 0.04] as const;
const beyondLimit = [0.06, 0.2, 1] as const;

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
        errors: chance() < 0.5 ? 0 : pick(chance, isGood ? withinLimit : beyondLimit),
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
  world.offers.push(offer);
  let isDone = false;
  const attempt = (): void => {
    if (isDone) return;
    ask(world, chance, `CI builds ${build}`, (replica) => post(replica).then(() => void (isDone = true)));
    world.clock.after(tryAgainMs, attempt);
  };
  attempt();
}

/** The neighbours build from the same source. */
export function pushNextDoor(world: World, chance: Chance): void {
  const offer = pick(chance, world.offers);
  ask(world, chance, `the neighbours build ${offer.commit.slice(0, 9)}`, async ({ control }) => {
    const { id } = await control.project('neighbour');
    for (const { artifact } of Object.values(offer.services))
      await control.putArtifact(id, artifact, nothing, builder);
    await control.branchesMoved(id, [{ ref: 'develop', commit: offer.commit, tree: offer.tree }]);
    await control.createRelease(id, offer, builder);
  });
}

const nothing: AsyncIterable<Uint8Array> = {
  [Symbol.asyncIterator]: () => ({ next: async () => ({ done: true, value: undefined }) }),
};

export function promote(world: World, chance: Chance, isEmergency: boolean): void {
  const release = oneOf(chance, world.versions);
  if (release === undefined) return;
  const to = chance() < 0.7 ? 'prod' : pick(chance, world.shape.environments);
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

/** The usual way: what runs on the rung before is found good there, asked for in prod, and everybody says yes. */
export function bringOnwards(world: World, chance: Chance): void {
  const who = personNamed(pick(chance, members));
  const from = beforeProd(world.shape);
  // Some would do it alone, if they were let, and say so as often as it takes.
  const alone = pick(chance, everybody);
  const approvers =
    chance() < 0.2
      ? [alone, alone, who]
      : whoDecides(world, chance).filter(({ person }) => person !== who.person);
  ask(world, chance, `${nameOf(who)} brings on what runs in ${from}`, async (replica) => {
    const { control, project } = replica;
    const { release } = await control.environment(project, from);
    if (release === null) return;
    await control.validate(project, from, { note: 'looks good' }, who);
    await openGates(world, replica, release.version, who);
    const { id, plan } = await control.requestPromotion(
      project,
      { release: release.version, to: 'prod' },
      who,
    );
    for (const one of approvers)
      await control.approve(project, id, { planHash: plan.hash }, one).catch(passRefusal);
  });
}

/** People say yes to what they see; now and then to what they saw before. */
export function approve(world: World, chance: Chance, callers: readonly Caller[]): void {
  const promotion = someWaiting(world, chance);
  if (promotion === undefined) return;
  const { id, version, emergency } = promotion;
  // Some say so twice, and perhaps to two replicas at once.
  for (const who of callers.flatMap((one) => (chance() < 0.2 ? [one, one] : [one])))
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
  const text = fileOf(world.shape, next).text;
  ask(world, chance, `${nameOf(who)} edits the project file (${Object.values(next).join(', ')})`, (one) =>
    one.control.applyRules(one.project, { text, branch: 'main' }, who),
  );
}
