import { describe, expect, it } from 'vitest';
import type { ActorId, RoleName } from './ids.ts';
import { allMembers, memberMeant, peopleOf, rolesAmong, rolesOf, signersOf, signingRoles } from './roles.ts';

const [ada, bo] = ['ada', 'bo'] as ActorId[] as [ActorId, ActorId];
const [lead, qa] = ['lead', 'qa'] as RoleName[] as [RoleName, RoleName];
const file = {
  roles: { [lead]: { members: [ada, bo], contact: '#leads' }, [qa]: { members: [bo], onCall: '1234' } },
};

describe('the roles of a file', () => {
  it('are told of each person in the order of the file', () => {
    expect(rolesOf(file, bo)).toEqual([lead, qa]);
    expect(rolesOf(file, 'eve' as ActorId)).toEqual([]);
    expect(allMembers(file)).toEqual([ada, bo]);
  });

  it('name who can lift something, the same however often and for whomever they are asked (REL-16)', () => {
    const all = {
      kind: 'people',
      roles: [lead, qa],
      members: [ada, bo],
      contacts: ['#leads', 'on call: 1234'],
    };
    expect(peopleOf(file, undefined, [bo])).toEqual({ ...all, members: [ada] });
    expect(peopleOf(file)).toEqual(all);
    expect(peopleOf(file, [qa])).toEqual({ ...all, roles: [qa], members: [bo], contacts: ['on call: 1234'] });
    expect(peopleOf(file)).toEqual(all);
  });

  it('are reached where they say, at the times they say, and not where they say nothing (REL-16)', () => {
    const roles = {
      a: { members: [ada], contact: '#a', availability: 'weekdays' },
      b: { members: [ada], availability: 'by day' },
      c: { members: [bo] },
      d: { members: [bo], contact: '#a', onCall: '1', availability: 'by night' },
      e: { members: [], contact: '#e' },
    };
    expect(peopleOf({ roles }).contacts).toEqual([
      '#a (weekdays)',
      '(by day)',
      '#a, on call: 1 (by night)',
      '#e',
    ]);
    expect(peopleOf({ roles }, ['c' as RoleName]).contacts).toEqual([]);
  });

  it('may sign by those that are asked for, or by any where none is named (REL-2)', () => {
    expect(signingRoles(file, bo, [])).toEqual([lead, qa]);
    expect(signingRoles(file, bo, [qa])).toEqual([qa]);
    expect(signingRoles(file, ada, [qa])).toEqual([]);
    expect(rolesAmong(file, bo, [])).toEqual([]);
    expect(signersOf(file, []).roles).toEqual([lead, qa]);
    expect(signersOf(file, [qa], [ada])).toMatchObject({ roles: [qa], members: [bo] });
    expect(signersOf(file, [qa], [bo]).members).toEqual([]);
  });

  it('are those of the file that is asked, not of the one before (REL-3)', () => {
    expect(rolesOf(file, bo)).toContain(qa);
    expect(rolesOf({ roles: { ...file.roles, [qa]: { members: [ada] } } }, bo)).toEqual([lead]);
  });

  it('are held by whom an address means, however its letters are written', () => {
    const [Ada, eve] = ['Ada', 'Eve'] as ActorId[] as [ActorId, ActorId];
    expect([Ada, bo, eve].map((one) => memberMeant(file, one))).toEqual([ada, bo, eve]);
    const roles = { [lead]: { members: [ada, Ada] }, [qa]: { members: [bo] } };
    expect([ada, Ada, 'ADA' as ActorId].map((one) => memberMeant({ roles }, one))).toEqual([ada, Ada, ada]);
  });
});
