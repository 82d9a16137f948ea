import { isFailure } from '../../../../src/domain/failure.ts';
import type { ActorId } from '../../../../src/domain/ids.ts';
import type { Promotion } from '../../../../src/domain/promotion.ts';
import { isLive, type Rollout } from '../../../../src/domain/rollout/types.ts';
import type { Caller } from '../../../../src/lifecycle/face.ts';
import type { Chance } from '../../../../src/simulate/chance.ts';
import { pick } from '../machine/chance.ts';
import type { Replica } from '../plane/replica.ts';
import type { World } from '../world.ts';
import { members, stranger } from './project.ts';

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

export const builder: Caller = {
  actor: { kind: 'token', id: 'builder' as ActorId, name: 'builder' },
  scopes: ['build'],
  person: null,
};

/**
 * Everybody; or all but those who ever let somebody stand in for them: they leave it to who does, and that one may go on
 * when it is long over.
 */
export function whoDecides({ ledger }: World, chance: Chance): readonly Caller[] {
  const absent = new Set(ledger.all('delegation').map(({ by }) => by));
  return chance() < 0.5
    ? everybody
    : everybody.filter(({ person }) => person === null || !absent.has(person));
}

/** A refusal is an answer to one, and keeps nobody else from asking. */
export function passRefusal(thrown: unknown): undefined {
  if (!isFailure(thrown) || thrown.kind === 'defect') throw thrown;
  return undefined;
}

export const nameOf = ({ person }: Caller): string => (person ?? 'CI').replace('@example.org', '');

export const everybody = members.map(personNamed);

export const waiting = ({ ledger }: World): readonly Promotion[] =>
  ledger.all('promotion').filter(({ state }) => state.phase === 'waiting');

/** Those that wait to go into the environment of a name. */
export const waitingFor = (world: World, to: string): readonly Promotion[] =>
  waiting(world).filter(({ environment }) => world.ledger.get('environment', environment)?.name === to);

/** One that waits; now and then one that did, for people act on what they saw. */
export const someWaiting = (world: World, chance: Chance): Promotion | undefined =>
  oneOf(chance, chance() < 0.1 ? world.ledger.all('promotion').slice(-6) : waiting(world));

export const live = ({ ledger }: World): readonly Rollout[] =>
  ledger.all('rollout').filter(({ state }) => isLive(state));

/** One of them, and rather the newest. */
export function oneOf<T>(chance: Chance, all: readonly T[]): T | undefined {
  return chance() < 0.7 ? all.at(-1) : all[Math.floor(chance() * all.length)];
}
