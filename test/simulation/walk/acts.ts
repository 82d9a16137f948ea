import { isFailure } from '../../../src/domain/failure.ts';
import type { Caller } from '../../../src/lifecycle/face.ts';
import type { PromotionView, RolloutView } from '../../../src/lifecycle/views.ts';
import { environments, people, pick, stranger, type World } from './world.ts';

/** One thing that somebody does, or that happens. May be refused; must never be a defect. */
type Act = (world: World) => Promise<void> | void;

const somebody = ({ chance, plane }: World): Caller =>
  plane.as(chance() < 0.05 ? stranger : pick(chance, people));

export async function merge(world: World): Promise<void> {
  const { chance, contents, plane, versions } = world;
  if (chance() < 0.6) contents.web += 1;
  if (chance() < 0.6) contents.orders += 1;
  const web = { web: `web ${contents.web}` };
  const services = chance() < 0.15 ? web : { ...web, orders: `orders ${contents.orders}` };
  const version = await plane.release(pick(chance, ['feat: a', 'fix: b', 'feat!: c']), services);
  if (versions.length > 0 && chance() < 0.3) world.errors[version] = pick(chance, [0.06, 0.2, 1]);
  if (versions.length > 0 && chance() < 0.1) world.broken.add(version);
  if (!versions.includes(version)) versions.push(version);
}

async function promote(world: World): Promise<void> {
  const { chance, plane, versions } = world;
  if (versions.length === 0) return;
  const ask = {
    release: pick(chance, versions.slice(-3)),
    to: pick(chance, ['test', 'prod', 'prod', 'dev']),
  };
  await plane.control.requestPromotion(plane.project, ask, somebody(world));
}

/** The usual way: what runs in test is asked for in prod, and everybody says yes. */
export async function bringOnwards(world: World): Promise<void> {
  const { control, project } = world.plane;
  const { release } = await control.environment(project, 'test');
  if (release === null) return;
  const ask = { release: release.version, to: 'prod' };
  const requester = world.plane.as(pick(world.chance, people));
  const { id, plan } = await control.requestPromotion(project, ask, requester);
  for (const person of people)
    await control.approve(project, id, { planHash: plan.hash }, world.plane.as(person)).catch(passes);
}

const waiting = async ({ plane }: World): Promise<readonly PromotionView[]> =>
  (await plane.control.promotions(plane.project, { open: true })).items.filter(
    ({ state }) => state.phase === 'waiting',
  );

const onWaiting =
  (work: (world: World, promotion: PromotionView) => Promise<unknown>): Act =>
  async (world) => {
    const open = await waiting(world);
    if (open.length > 0) await work(world, pick(world.chance, open));
  };

const approve = onWaiting((world, { id, plan }) => {
  const { control, project } = world.plane;
  return control.approve(project, id, { planHash: plan.hash }, somebody(world));
});

/** Everybody who can says yes, and nobody looks at whether it counts. */
const approveAll = onWaiting(async (world, { id, plan }) => {
  const { control, project } = world.plane;
  for (const person of people)
    await control.approve(project, id, { planHash: plan.hash }, world.plane.as(person)).catch(passes);
});

const reject = onWaiting((world, { id }) =>
  world.plane.control.reject(world.plane.project, id, { reason: 'no' }, somebody(world)),
);

const withdraw = onWaiting((world, { id }) =>
  world.plane.control.withdraw(world.plane.project, id, somebody(world)),
);

const onRollout =
  (work: (world: World, rollout: RolloutView) => Promise<unknown>): Act =>
  async (world) => {
    const { control, project } = world.plane;
    const { rollout } = await control.environment(
      project,
      pick(world.chance, ['prod', 'prod', ...environments]),
    );
    if (rollout !== null) await work(world, await control.rollout(project, rollout));
  };

const pause = onRollout((world, { id }) =>
  world.plane.control.pause(world.plane.project, id, { note: 'lunch' }, somebody(world)),
);
const resume = onRollout((world, { id }) =>
  world.plane.control.resume(world.plane.project, id, { note: 'back' }, somebody(world)),
);
const advance = onRollout((world, { id }) =>
  world.plane.control.advance(world.plane.project, id, { reason: 'good enough' }, somebody(world)),
);
const abort = onRollout((world, { id }) =>
  world.plane.control.abort(world.plane.project, id, { reason: 'no' }, somebody(world)),
);

async function rollBack(world: World): Promise<void> {
  const { chance, plane, versions } = world;
  const ask = {
    environment: pick(chance, environments),
    reason: 'it is slow',
    ...(chance() < 0.5 && versions.length > 0 ? { to: pick(chance, versions) } : {}),
    ...(chance() < 0.5 ? { services: [pick(chance, ['web', 'orders'])] } : {}),
  };
  await plane.control.requestRollback(plane.project, ask, somebody(world));
}

async function liftMark(world: World): Promise<void> {
  const { control, project } = world.plane;
  if (world.versions.length > 0)
    await control.liftMark(project, pick(world.chance, world.versions), { reason: 'ok' }, somebody(world));
}

function disturbAgent(world: World): void {
  const [away] = world.stopped;
  const name = away ?? pick(world.chance, ['prod', 'prod', ...environments]);
  const agent = world.agents[name];
  if (world.stopped.delete(name)) return agent.go();
  world.stopped.add(name);
  if (world.chance() < 0.5) agent.lose();
  else agent.stop();
}

const hearLate = ({ agents, chance }: World): void =>
  agents[pick(chance, ['prod', 'prod', ...environments] as const)].hearLate((words) => pick(chance, words));

/** A queue waits by the monotonic clock, and finds out within a minute that the other one was set. */
const jump: Act = async ({ chance, plane }) => {
  plane.clock.jump((chance() - 0.5) * 2 * 1_800_000);
  await plane.clock.advance(61_000);
};
const restart: Act = ({ plane }) => plane.restart();
const wait =
  (ms: number): Act =>
  ({ plane }) =>
    plane.clock.advance(ms);

/** As often as their weight says. */
const acts: readonly (readonly [string, number, Act])[] = [
  ['merge', 2, merge],
  ['bring onwards', 4, bringOnwards],
  ['promote', 3, promote],
  ['approve', 2, approve],
  ['approve all', 2, approveAll],
  ['reject', 0.5, reject],
  ['withdraw', 0.5, withdraw],
  ['pause', 1, pause],
  ['resume', 2, resume],
  ['advance', 1, advance],
  ['abort', 1, abort],
  ['roll back', 2, rollBack],
  ['lift mark', 1, liftMark],
  ['disturb an agent', 2, disturbAgent],
  ['hear a late word', 2, hearLate],
  ['set the clock', 0.3, jump],
  ['restart', 1, restart],
  ['wait 1 s', 1, wait(1_000)],
  ['wait 40 s', 4, wait(40_000)],
  ['wait 3 min', 8, wait(180_000)],
];
const total = acts.reduce((sum, [, weight]) => sum + weight, 0);

/** Does one thing by chance, and lets what follows from it at once come to rest. */
export async function actByChance(world: World): Promise<void> {
  let left = world.chance() * total;
  const [name, , act] = acts.find(([, weight]) => (left -= weight) < 0) ?? acts[0] ?? raise();
  world.done.push(name);
  try {
    await act(world);
  } catch (thrown) {
    passes(thrown);
  }
  await world.plane.clock.settle();
}

const raise = (): never => {
  throw new Error('there is nothing to do');
};

/** A refusal is an answer. A defect is not. */
function passes(thrown: unknown): void {
  if (!isFailure(thrown) || thrown.kind === 'defect') throw thrown;
}
