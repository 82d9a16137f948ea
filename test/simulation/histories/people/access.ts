import type { ActorId } from '../../../../src/domain/ids.ts';
import { digestOf } from '../../../../src/domain/canonical.ts';
import type { Chance } from '../../../../src/simulate/chance.ts';
import { pick, spanMs } from '../machine/chance.ts';
import type { World } from '../world.ts';
import { ask, builder, nameOf, oneOf, somebody } from './asking.ts';
import type { Token } from './outside.ts';
import { deafen } from '../plane/weather.ts';
import { pass } from '../steps/waits.ts';
import { members } from './project.ts';

export function makeToken(world: World, chance: Chance): void {
  const who = somebody(chance);
  const name = `ci ${world.outside.tokens.length + 1}`;
  const expiresInMs = pick(chance, [3_600_000, 86_400_000]);
  ask(world, chance, `${nameOf(who)} makes the token ${name}`, async ({ control, project }) => {
    const { secret } = await control.createToken(project, { name, scopes: ['read'], expiresInMs }, who);
    world.outside.tokens.push({ name, secret });
  });
}

/** CI is not told, and comes with it again. */
export function revokeToken(world: World, chance: Chance): void {
  const token = oneOf(chance, world.outside.tokens);
  if (token === undefined) return;
  const who = somebody(chance);
  ask(world, chance, `${nameOf(who)} revokes the token ${token.name}`, async ({ control, project }) => {
    await control.revokeToken(project, digestOf(token.secret), who);
    world.afterwards(spanMs(chance, 1, 1_800_000), () => comeWith(world, chance, token));
  });
}

export function useToken(world: World, chance: Chance): void {
  const token = oneOf(chance, world.outside.tokens);
  if (token !== undefined) comeWith(world, chance, token);
}

/** Opens nothing once it was revoked, at whichever replica. */
function comeWith(world: World, chance: Chance, token: Token): void {
  const wasRevoked = world.ledger.get('token', digestOf(token.secret))?.revokedAt != null;
  ask(world, chance, `CI comes with the token ${token.name}`, async ({ control }) => {
    await control.callerOfToken(token.secret);
    if (wasRevoked) world.witness.found('revoked-token-opens-nothing', `${token.name} was let in`);
  });
}

export function signIn(world: World, chance: Chance): void {
  const person = pick(chance, members) as ActorId;
  ask(world, chance, `${person} signs in`, ({ control, project }) =>
    control.sessionOpened(project, person, chance() < 0.5 ? null : (pick(chance, members) as ActorId)),
  );
}

/** A tree that nobody has built is asked for, and cannot be. */
export function failBuild(world: World, chance: Chance): void {
  world.builds += 1;
  const tree = digestOf(`broken tree ${world.builds}`).slice(7, 47);
  ask(world, chance, 'a branch moves to what cannot be built', async ({ control, project }) => {
    await control.branchesMoved(project, [{ ref: 'develop', commit: tree, tree }]);
    await control.claimBuild(project, tree, builder);
    await control.failBuild(project, tree, 'it does not compile', builder);
  });
}

/** Keys are changed where it is hardest: while some replica is told of nothing, and has been asked for the old ones since. */
async function deafenOne(world: World, chance: Chance): Promise<void> {
  if (chance() < 0.5) return;
  deafen(world, pick(chance, world.replicas).name, spanMs(chance, 500, 120_000));
  if (chance() < 0.5) await pass(world, spanMs(chance, 100, 20_000));
}

/** An agent's key is replaced, and the machine is given the new one; or it is not, and is let in no more. */
export async function replaceKey(world: World, chance: Chance): Promise<void> {
  const place = pick(chance, world.places);
  const who = somebody(chance);
  const key = place.newKey();
  await deafenOne(world, chance);
  const before = place.publicKey;
  ask(world, chance, `${nameOf(who)} replaces the key of ${place.name}`, async ({ control, project }) => {
    const { publicKey } = key;
    await control.replaceAgentKey(project, place.name, { signing: publicKey, sealing: publicKey }, who);
    world.revokedKeys.add(before);
    world.clock.after(60_000, () => place.takeKey(key));
  });
}

export async function revokeKey(world: World, chance: Chance): Promise<void> {
  const place = pick(chance, world.places);
  const who = somebody(chance);
  place.lockOut();
  await deafenOne(world, chance);
  const key = place.publicKey;
  ask(world, chance, `${nameOf(who)} revokes the key of ${place.name}`, async ({ control, project }) => {
    await control.revokeAgentKey(project, place.name, key, who);
    world.revokedKeys.add(key);
  });
}
