import { later } from '../../../../src/domain/ids.ts';
import type { Chance } from '../../../../src/simulate/chance.ts';
import { spanMs } from '../machine/chance.ts';
import type { World } from '../world.ts';
import { bringOnwards } from './acts.ts';
import { ask, nameOf, oneOf, personNamed, somebody } from './asking.ts';

/** Somebody opens production for a while; and somebody who has not looked at the clock comes once that is over. */
export function makeException(world: World, chance: Chance): void {
  const who = chance() < 0.6 ? personNamed('ada@example.org') : somebody(chance);
  const forMs = spanMs(chance, 60_000, 4 * 3_600_000);
  ask(world, chance, `${nameOf(who)} makes an exception for prod`, async ({ control, project, scope }) => {
    const to = later(scope.clock.now(), forMs);
    await control.makeException(project, { environment: 'prod', to, reason: 'it cannot wait' }, who);
    world.afterwards(forMs + spanMs(chance, 1, 600_000), () => bringOnwards(world, chance));
  });
}

/** And somebody who has not heard of it goes on as if it stood. */
export function revokeException(world: World, chance: Chance): void {
  const exception = oneOf(
    chance,
    world.ledger.all('exception').filter(({ revoked }) => revoked === null),
  );
  if (exception === undefined) return;
  const who = chance() < 0.6 ? personNamed(exception.by) : somebody(chance);
  ask(world, chance, `${nameOf(who)} revokes an exception`, async ({ control, project }) => {
    await control.revokeException(project, exception.id, { reason: 'it can wait' }, who);
    world.afterwards(spanMs(chance, 1, 600_000), () => bringOnwards(world, chance));
  });
}
