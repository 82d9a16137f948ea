import { pick } from '../machine/chance.ts';
import { approve, bringOnwards, editFile, promote, push, pushNextDoor } from '../people/acts.ts';
import { ask, live, nameOf, oneOf, somebody, someWaiting, whoDecides } from '../people/asking.ts';
import { beforeProd, serviceNames } from '../people/project.ts';
import type { Replica } from '../plane/replica.ts';
import type { Caller } from '../../../../src/lifecycle/face.ts';
import type { RolloutId } from '../../../../src/domain/ids.ts';
import type { KindOfStep } from './step.ts';

type OnRollout = (replica: Replica, id: RolloutId, who: Caller) => Promise<unknown>;

const onRollout = (name: string, weight: number, work: OnRollout): KindOfStep => ({
  name,
  weight,
  run: (world, chance) => {
    const rollout = oneOf(chance, live(world));
    if (rollout === undefined) return;
    const who = somebody(chance);
    ask(world, chance, `${nameOf(who)}: ${name}`, (replica) => work(replica, rollout.id, who));
  },
});

/** What people and CI do. */
export const peoplesSteps: readonly KindOfStep[] = [
  { name: 'push a change', weight: 5, run: push },
  { name: 'push next door', weight: 2, fits: ({ hasNeighbour }) => hasNeighbour, run: pushNextDoor },
  { name: 'bring onwards', weight: 12, run: bringOnwards },
  { name: 'promote', weight: 6, run: (world, chance) => promote(world, chance, false) },
  { name: 'promote as an emergency', weight: 1, run: (world, chance) => promote(world, chance, true) },
  { name: 'approve', weight: 3, run: (world, chance) => approve(world, chance, [somebody(chance)]) },
  {
    name: 'everybody approves',
    weight: 6,
    run: (world, chance) => approve(world, chance, whoDecides(world, chance)),
  },
  {
    name: 'validate',
    weight: 5,
    run: (world, chance) =>
      ask(world, chance, 'somebody validates', ({ control, project }) =>
        control.validate(project, beforeProd(world.shape), { note: 'looks good' }, somebody(chance)),
      ),
  },
  {
    name: 'reject',
    weight: 0.5,
    run: (world, chance) => {
      const promotion = someWaiting(world, chance);
      if (promotion === undefined) return;
      const who = somebody(chance);
      ask(world, chance, `${nameOf(who)} rejects ${promotion.version}`, ({ control, project }) =>
        control.reject(project, promotion.id, { reason: 'no' }, who),
      );
    },
  },
  {
    name: 'withdraw',
    weight: 0.5,
    run: (world, chance) => {
      const promotion = someWaiting(world, chance);
      if (promotion === undefined) return;
      const who = somebody(chance);
      ask(world, chance, `${nameOf(who)} withdraws ${promotion.version}`, ({ control, project }) =>
        control.withdraw(project, promotion.id, who),
      );
    },
  },
  onRollout('pause', 2, ({ control, project }, id, who) =>
    control.pause(project, id, { note: 'lunch' }, who),
  ),
  onRollout('resume', 6, ({ control, project }, id, who) =>
    control.resume(project, id, { note: 'back' }, who),
  ),
  onRollout('advance', 2, ({ control, project }, id, who) =>
    control.advance(project, id, { reason: 'fine' }, who),
  ),
  onRollout('abort', 3, ({ control, project }, id, who) => control.abort(project, id, { reason: 'no' }, who)),
  {
    name: 'roll back',
    weight: 2,
    run: (world, chance) => {
      const givingWay = live(world).find(({ state: { phase } }) => phase === 'watching' || phase === 'held');
      const place = world.places.find(({ id }) => id === givingWay?.environment);
      const environment = place?.name ?? (chance() < 0.6 ? 'prod' : pick(chance, world.shape.environments));
      const to = chance() < (place === undefined ? 0.3 : 0.7) ? oneOf(chance, world.versions) : undefined;
      const services = chance() < 0.3 ? [pick(chance, serviceNames)] : undefined;
      const who = somebody(chance);
      ask(world, chance, `${nameOf(who)} rolls ${environment} back`, ({ control, project }) =>
        control.requestRollback(project, { environment, reason: 'it is slow', to, services }, who),
      );
    },
  },
  {
    name: 'lift a mark',
    weight: 1,
    run: (world, chance) => {
      const release = oneOf(chance, world.versions);
      if (release === undefined) return;
      const who = somebody(chance);
      ask(world, chance, `${nameOf(who)} lifts the mark of ${release}`, ({ control, project }) =>
        control.liftMark(project, release, { reason: 'mended' }, who),
      );
    },
  },
  {
    name: 'edit the project file',
    weight: 1,
    run: (world, chance) =>
      editFile(
        world,
        chance,
        pick(chance, [
          { approvals: 1 },
          { approvals: 2 },
          { distinct: 1 },
          { distinct: 2 },
          { soak: '1m' },
          { soak: '10m' },
          { canaryFor: '2m' },
          { canaryFor: '20s' },
          { quality: 'cy@example.org' },
          { quality: 'di@example.org' },
        ] as const),
      ),
  },
  {
    name: 'decide on the rules',
    weight: 1.5,
    run: (world, chance) => {
      const proposal = world.ledger.all('proposal').findLast(({ state }) => state.phase === 'waiting');
      if (proposal === undefined) return;
      const name = world.ledger.get('environment', proposal.environment)?.name ?? '';
      const who = somebody(chance);
      const isYes = chance() < 0.8;
      ask(world, chance, `${nameOf(who)} ${isYes ? 'accepts' : 'rejects'} the rules of ${name}`, (one) =>
        isYes
          ? one.control.approveRules(one.project, name, { hash: proposal.hash }, who)
          : one.control.rejectRules(one.project, name, { reason: 'no' }, who),
      );
    },
  },
  {
    name: 'look at everything',
    weight: 1,
    run: (world, chance) =>
      ask(world, chance, 'somebody looks at the board', ({ control, project }) =>
        control.board(project, somebody(chance)),
      ),
  },
];
