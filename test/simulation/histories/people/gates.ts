import {
  type ChangeForm,
  type ChangeRequest,
  formDigest,
  isUndecided,
} from '../../../../src/domain/change-request.ts';
import { instant } from '../../../../src/domain/ids.ts';
import type { Caller } from '../../../../src/lifecycle/face.ts';
import type { Chance } from '../../../../src/simulate/chance.ts';
import { pick } from '../machine/chance.ts';
import type { Replica } from '../plane/replica.ts';
import type { World } from '../world.ts';
import { ask, everybody, nameOf, oneOf, passRefusal, somebody, someWaiting, waitingFor } from './asking.ts';
import { beforeProd, type Extra, gateNames, hookName } from './project.ts';

const hourMs = 3_600_000;

const form = (now: number, forMs: number): ChangeForm => ({
  reference: null,
  type: 'normal',
  risk: 'low',
  window: { from: instant(now), to: instant(now + forMs) },
  rollbackMinutes: 5,
  testing: 'in test',
  communication: 'none',
  description: 'as it was asked for',
});

/** What a careful person does before asking for production: all that its gates want. */
export async function openGates(
  { shape: { extras } }: World,
  { control, project, scope }: Replica,
  release: string,
  who: Caller,
): Promise<void> {
  const wants = (extra: Extra): boolean => extras.includes(extra);
  if (wants('review'))
    await control
      .sayEvidence(project, { release, facts: { ...reviewed, approvedBy: ['cy'] } }, who)
      .catch(passRefusal);
  if (!wants('change request')) return;
  const asked = { ...form(scope.clock.now(), 2 * hourMs), release, to: 'prod' };
  const change = await control.createChangeRequest(project, asked, who).catch(passRefusal);
  for (const one of change === undefined ? [] : everybody)
    await control
      .approveChangeRequest(project, change?.id ?? '', { seen: change?.seen ?? '' }, one)
      .catch(passRefusal);
}

const reviewed = { kind: 'review', approvedBy: [], requestedChanges: [], url: '' } as const;

export function review(world: World, chance: Chance): void {
  const release = oneOf(chance, world.versions);
  if (release === undefined) return;
  const isYes = chance() < 0.8;
  const facts = { ...reviewed, [isYes ? 'approvedBy' : 'requestedChanges']: ['cy'] };
  ask(world, chance, `the forge says a review of ${release}`, ({ control, project }) =>
    control.sayEvidence(project, { release, facts }, { ...somebody(chance) }),
  );
}

/** Monitoring that says by itself how it is. */
export function postAlarm(world: World, chance: Chance): void {
  const environment = pick(chance, [beforeProd(world.shape), 'prod']);
  const state = chance() < 0.4 ? 'firing' : 'resolved';
  ask(world, chance, `an alarm in ${environment} is ${state}`, ({ control, project }) =>
    control.postAlarm(project, environment, { name: 'Latency', state }, somebody(chance)),
  );
}

/** What monitoring would say, if it were asked. */
export function changeMonitoring({ outside, shape, trace }: World, chance: Chance): void {
  const environment = pick(chance, [beforeProd(shape), 'prod']);
  if (chance() < 0.4) outside.isMonitoringAway = !outside.isMonitoringAway;
  else if (!outside.firing.delete(environment) && chance() < 0.6) outside.firing.add(environment);
  const firing = [...outside.firing].join(' and ') || 'nothing';
  trace.add('monitoring', outside.isMonitoringAway ? 'is away' : `fires in ${firing}`);
}

/** A program answers what it was asked, now or long ago, perhaps once more. */
export function answerQuestion(world: World, chance: Chance): void {
  const asked = oneOf(chance, world.outside.asked);
  if (asked === undefined) return;
  const verdict = chance() < 0.7 ? 'pass' : 'fail';
  ask(world, chance, `the scanner answers: ${verdict}`, ({ control, project }) =>
    control.answerQuestion(project, asked.question, { verdict, reason: '', url: '', token: asked.token }),
  );
}

export function askGateAgain(world: World, chance: Chance): void {
  const promotion = someWaiting(world, chance);
  if (promotion === undefined) return;
  const who = somebody(chance);
  ask(world, chance, `${nameOf(who)} has the scanner asked again`, ({ control, project }) =>
    control.askGate(project, { release: promotion.version, to: 'prod', gate: hookName }, who),
  );
}

type OnChange = (replica: Replica, change: ChangeRequest, who: Caller) => Promise<unknown>;

/** Somebody does something about a change request, as they see it; now and then as it was. */
export const onChange =
  (name: string, work: OnChange) =>
  (world: World, chance: Chance): void => {
    const all = world.ledger.all('change').filter((one) => chance() < 0.1 || isUndecided(one));
    const change = oneOf(chance, all);
    if (change === undefined) return;
    const who = somebody(chance);
    ask(world, chance, `${nameOf(who)}: ${name} ${change.id}`, (replica) => work(replica, change, who));
  };

/** Somebody lets pass what stands in the way, as far as they can see; or any one gate, whether it does or not. */
export function waive(world: World, chance: Chance): void {
  const promotion = oneOf(chance, waitingFor(world, 'prod'));
  if (promotion === undefined) return;
  const { id, version: release } = promotion;
  const who = somebody(chance);
  const guess = chance() < 0.2 ? pick(chance, gateNames(world.shape)) : null;
  ask(world, chance, `${nameOf(who)} waives ${guess ?? `what blocks ${release}`}`, async (replica) => {
    const { control, project } = replica;
    const { admission } = await control.promotion(project, id);
    const blocking = admission.blockers.flatMap(({ gate }) => gate ?? []);
    for (const gate of guess === null ? blocking : [guess])
      await control.waive(project, { release, to: 'prod', gate, reason: 'known' }, who);
  });
}

export const approveChange = onChange('approves', ({ control, project }, change, who) =>
  control.approveChangeRequest(project, change.id, { seen: formDigest(change) }, who),
);

export const editChange = onChange('edits', ({ control, project, scope }, change, who) =>
  control.editChangeRequest(
    project,
    change.id,
    { ...form(scope.clock.now(), hourMs), seen: formDigest(change) },
    who,
  ),
);

export function writeChange(world: World, chance: Chance): void {
  const release = oneOf(chance, world.versions);
  if (release === undefined) return;
  const who = somebody(chance);
  ask(world, chance, `${nameOf(who)} writes a change request for ${release}`, ({ control, project, scope }) =>
    control.createChangeRequest(project, { ...form(scope.clock.now(), hourMs), release, to: 'prod' }, who),
  );
}
