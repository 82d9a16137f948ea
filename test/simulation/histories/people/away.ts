import { later } from '../../../../src/domain/ids.ts';
import type { Chance } from '../../../../src/simulate/chance.ts';
import { spanMs } from '../machine/chance.ts';
import type { World } from '../world.ts';
import { ask, everybody, nameOf, oneOf, somebody } from './asking.ts';

/** Rather to who has no say of their own. */
export function delegate(world: World, chance: Chance): void {
  const who = somebody(chance);
  const developer = world.wording.quality === 'di@example.org' ? 'cy@example.org' : 'di@example.org';
  const to = chance() < 0.6 ? developer : (somebody(chance).person ?? '');
  const forMs = spanMs(chance, 60_000, 12 * 3_600_000);
  ask(world, chance, `${nameOf(who)} lets ${to} stand in`, ({ control, project, scope }) =>
    control.delegate(project, { to, until: later(scope.clock.now(), forMs), reason: 'away' }, who),
  );
}

export function revokeDelegation(world: World, chance: Chance): void {
  const delegation = oneOf(
    chance,
    world.ledger.all('delegation').filter(({ revoked }) => revoked === null),
  );
  if (delegation === undefined) return;
  const who = everybody.find(({ person }) => person === delegation.by) ?? somebody(chance);
  ask(world, chance, `${nameOf(who)} is back`, ({ control, project }) =>
    control.revokeDelegation(project, delegation.id, { reason: 'back' }, who),
  );
}
