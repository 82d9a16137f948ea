import { describe, expect, it } from 'vitest';
import { type Delegation, type DelegationId, longestDelegationMs } from '../../domain/delegation.ts';
import { type ActorId, instant, later, type RoleName } from '../../domain/ids.ts';
import type { AskDelegation } from '../people-face.ts';
import { ada, bo, cy, now } from './facts.kit.ts';
import { asking, asPerson, asProgram, commanding, recordsOf, type There } from './kept.kit.ts';

const [lead, devops] = ['lead', 'devops'] as [RoleName, RoleName];
const eve = 'eve@example.org' as ActorId;
const hourMs = 3_600_000;
const facts = asking();
const { project } = facts.target;
// The rules of the file that was accepted last say who is a member.
const records = recordsOf(facts);
const on = (...more: readonly There[]) => commanding(...records, ...more);
type On = Awaited<ReturnType<typeof on>>;

const away = (plane: On, who: ActorId, more: Partial<AskDelegation> = {}) =>
  plane.control.delegate(
    project,
    { to: bo, until: later(now, hourMs), reason: 'on holiday', ...more },
    asPerson(who),
  );
const standing = (other: Partial<Delegation> = {}): Delegation => ({
  id: 'd' as DelegationId,
  project,
  by: ada,
  to: bo,
  roles: [lead],
  at: instant(now - hourMs),
  until: later(now, hourMs),
  reason: 'on holiday',
  revoked: null,
  ...other,
});

describe('somebody who lets another one stand in (REL-3)', () => {
  it('does so in all of their roles from now on, which is told, and looked at at once', async () => {
    const plane = await on();
    const made = await away(plane, ada, { to: 'BO@example.org' });
    expect(made).toEqual({
      id: 'fresh 1',
      by: ada,
      to: bo,
      roles: [lead, devops],
      at: now,
      until: now + hourMs,
      reason: 'on holiday',
      revoked: null,
    });
    expect(await plane.control.delegations(project)).toEqual([made]);
    expect(await plane.told()).toMatchObject([
      {
        kind: 'delegation.made',
        actor: { kind: 'person', id: ada },
        environment: null,
        subject: 'delegation/fresh 1',
        payload: { delegation: 'fresh 1', by: ada, to: bo, roles: [lead, devops], until: now + hourMs },
      },
    ]);
    expect((await plane.told())[0]?.message).toMatch(/until \d{4}-\d\d-\d\d \d\d:\d\d UTC:/u);
    expect(plane.wakeUps()).toEqual([{ key: `project/${project}`, project, at: now }]);
  });

  it('names a member as the project file writes them, whatever letters are capital there', async () => {
    const dan = 'Dan@Example.org' as ActorId;
    const roles = { ...facts.file.roles, [devops]: { members: [bo, dan] } };
    const plane = await commanding(...recordsOf({ ...facts, file: { ...facts.file, roles } }));
    expect(await away(plane, bo, { to: dan })).toMatchObject({ to: dan });
    expect(await away(plane, bo, { to: 'dan@example.org' })).toMatchObject({ to: dan });
  });

  it('names some of their roles, each once', async () => {
    expect((await away(await on(), ada, { roles: [devops, devops] })).roles).toEqual([devops]);
  });

  it.each<[string, ActorId, Partial<AskDelegation>, number]>([
    ['who has no role', eve, {}, 1],
    ['in a role of another one', bo, { to: ada, roles: [lead] }, 1],
    ['by themselves', ada, { to: ada }, 1],
    ['by a stranger', ada, { to: eve }, 1],
    ['until now', ada, { until: now }, 1],
    ['for sixty days', ada, { until: later(now, longestDelegationMs) }, 0],
    ['for longer', ada, { until: later(now, longestDelegationMs + 1) }, 1],
    ['in all ways at once', eve, { to: eve, roles: [lead], until: now }, 5],
  ])('is refused with each problem: %s', async (_, who, more, problems) => {
    const plane = await on();
    if (problems === 0) expect(await away(plane, who, more)).toMatchObject({ by: who });
    else
      await expect(away(plane, who, more)).rejects.toMatchObject({
        kind: 'invalid',
        code: 'delegation-invalid',
        problems: Array.from({ length: problems }, () => ({})),
      });
  });

  it('is a person, and one of a hundred at the most; those that are over do not count', async () => {
    const many = (until: (index: number) => number): readonly There[] =>
      Array.from({ length: 100 }, (_, index) => [
        'delegation',
        standing({ id: `d${index}` as DelegationId, until: instant(until(index)) }),
      ]);
    await expect(away(await on(...many(() => now + 1)), ada)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'delegations-too-many',
    });
    const one = await on(...many((index) => (index === 0 ? now : now + 1)));
    expect(await away(one, ada)).toMatchObject({ by: ada });
    const ask = { to: bo, until: later(now, 1), reason: '' };
    await expect((await on()).control.delegate(project, ask, asProgram)).rejects.toMatchObject({
      code: 'person-needed',
    });
  });
});

describe('the end of standing in (REL-3)', () => {
  const end = (plane: On, who: ActorId) =>
    plane.control.revokeDelegation(project, 'd', { reason: 'back' }, asPerson(who));

  it.each([ada, bo])('is said by either of the two: %s', async (who) => {
    const plane = await on(['delegation', standing()]);
    const revoked = { by: who, at: now, reason: 'back' };
    expect(await end(plane, who)).toMatchObject({ id: 'd', revoked });
    expect((await plane.get('delegation', 'd')).revoked).toEqual(revoked);
    expect(await plane.told()).toMatchObject([
      { kind: 'delegation.revoked', actor: { kind: 'person', id: who } },
    ]);
    expect(plane.woken()).toEqual([`project/${project}`]);
    await expect(end(plane, who)).rejects.toMatchObject({ kind: 'conflict', code: 'delegation-over' });
  });

  it('is said by nobody else, nor of what is over or was never there', async () => {
    const plane = await on(['delegation', standing()]);
    await expect(end(plane, cy)).rejects.toMatchObject({ kind: 'denied', code: 'delegation-foreign' });
    const over = await on(['delegation', standing({ until: now })]);
    await expect(end(over, ada)).rejects.toMatchObject({ code: 'delegation-over' });
    await expect(end(await on(), ada)).rejects.toMatchObject({ kind: 'absent', code: 'delegation-unknown' });
    await expect(
      plane.control.revokeDelegation(project, 'd', { reason: '' }, asProgram),
    ).rejects.toMatchObject({ code: 'person-needed' });
  });
});
