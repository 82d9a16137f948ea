import { describe, expect, it } from 'vitest';
import { type Delegation, type DelegationId, longestDelegationMs, standsInFor } from './delegation.ts';
import { type ActorId, instant, type ProjectId, type RoleName } from './ids.ts';

const [ada, bo, cy] = ['ada', 'bo', 'cy'] as ActorId[] as [ActorId, ActorId, ActorId];
const [lead, qa] = ['lead', 'qa'] as RoleName[] as [RoleName, RoleName];
const file = { roles: { [lead]: { members: [ada] }, [qa]: { members: [ada, cy] } } };
const [from, until] = [instant(1_000), instant(2_000)];

const delegation = (other: Partial<Delegation> = {}): Delegation => ({
  id: 'd' as DelegationId,
  project: 'p' as ProjectId,
  by: ada,
  to: bo,
  roles: [lead],
  at: from,
  until,
  reason: 'on leave',
  revoked: null,
  ...other,
});

const asBo = (given: Delegation, at = from) => standsInFor([given], file, bo, at);

describe('standing in for somebody', () => {
  it('lends the roles that were named, of those that they hold still', () => {
    expect(asBo(delegation())).toEqual([{ absent: ada, roles: [lead] }]);
    expect(asBo(delegation({ by: cy, roles: [lead, qa] }))).toEqual([{ absent: cy, roles: [qa] }]);
    expect(asBo(delegation({ by: cy }))).toEqual([]);
  });

  it('begins at its first moment, and is over at its last', () => {
    expect(asBo(delegation(), instant(from - 1))).toEqual([]);
    expect(asBo(delegation(), instant(until - 1))).toHaveLength(1);
    expect(asBo(delegation(), until)).toEqual([]);
  });

  it('is for nobody else, and over once it is revoked', () => {
    expect(asBo(delegation({ to: cy }))).toEqual([]);
    expect(asBo(delegation({ revoked: { by: ada, at: from, reason: 'back' } }))).toEqual([]);
  });

  it('is never handed on', () => {
    expect(asBo(delegation({ by: cy, to: bo, roles: [lead] }))).toEqual([]);
    const chain = [delegation({ to: cy }), delegation({ by: cy, to: bo })];
    expect(standsInFor(chain, file, bo, from)).toEqual([]);
  });
});

it('is asked for anew after sixty days', () => {
  expect(longestDelegationMs).toBe(5_184_000_000);
});
