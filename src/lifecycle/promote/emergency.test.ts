import { describe, expect, it } from 'vitest';
import type { Actor } from '../../domain/actor.ts';
import type { Blocker, Lifter } from '../../domain/admission.ts';
import { digestOf } from '../../domain/canonical.ts';
import type { Emergency } from '../../domain/emergency.ts';
import { later, type RoleName } from '../../domain/ids.ts';
import { confirmEmergency, expireEmergency, missingOf, named, needSaidSo } from './emergency.ts';
import { ada, bo, cy, next, now } from './facts.kit.ts';
import type { AdmissionFacts } from './facts.ts';
import { asking, type Kept, keeping, recordsOf } from './kept.kit.ts';

const [lead, devops, qa] = ['lead', 'devops', 'qa'] as [RoleName, RoleName, RoleName];
const asked: Emergency = { expiresAt: later(now, 1000), confirmed: null };
const plain = asking();
const { project } = plain.target;
const id = plain.promotion?.id ?? '';

/** cy asks, somebody of devops may confirm. */
const urgent = (emergency: Emergency = asked, second: readonly RoleName[] = [devops]): AdmissionFacts => {
  const facts = asking({ step: { emergency: { from: [qa], second } }, promotion: { emergency } });
  return { ...facts, emergency };
};

type Person = Actor & { readonly kind: 'person' };
const person = (who: typeof ada, actingFrom?: typeof ada): Person => ({
  kind: 'person',
  id: who,
  ...(actingFrom !== undefined && { actingFrom }),
});

const withStored = async (
  facts: AdmissionFacts,
  work: (
    tx: Parameters<typeof confirmEmergency>[0],
    stored: Parameters<typeof confirmEmergency>[1],
  ) => Promise<void>,
): Promise<Kept> => {
  const kept = await keeping(...recordsOf(facts));
  await kept.act(async (tx) => {
    const stored = await tx.get(project, 'promotion', id);
    if (stored === undefined) throw new Error('it waits');
    await work(tx, stored);
  });
  return kept;
};
const confirm = (by: Person, facts = urgent(), planHash: string = facts.plan.hash): Promise<Kept> =>
  withStored(facts, (tx, stored) =>
    confirmEmergency(tx, stored, facts, asked, { planHash, comment: 'yes', by }, now),
  );

describe('the second person of an emergency (REL-12)', () => {
  it('says yes to the plan, which is kept, told, and looked at at once', async () => {
    const kept = await confirm(person(bo));
    const promotion = await kept.get('promotion', id);
    expect(promotion).toMatchObject({
      plan: plain.plan,
      emergency: {
        expiresAt: asked.expiresAt,
        confirmed: {
          by: person(bo),
          roles: [devops],
          planHash: plain.plan.hash,
          at: now,
          comment: 'yes',
        },
      },
    });
    expect(await kept.told()).toMatchObject([
      {
        kind: 'promotion.emergency-confirmed',
        actor: person(bo),
        payload: { roles: [devops], release: next.id, planHash: plain.plan.hash, comment: 'yes' },
      },
    ]);
    expect(kept.wakeUps()).toEqual([{ key: `promotion/${id}`, project, at: now }]);
  });

  it.each<[string, Person, AdmissionFacts | undefined, string, string | null]>([
    ['who asked for it', person(cy), urgent(asked, [qa, lead]), 'emergency-same-person', 'qa or lead'],
    ['who asked for it, as somebody else', person(bo, cy), urgent(), 'emergency-same-person', 'devops'],
    ['who has no such role', person(cy), urgent(asked, [lead]), 'emergency-same-person', null],
    ['who has another role', person(bo), urgent(asked, [lead]), 'emergency-role-missing', 'lead'],
    ['anybody where none is declared', person(bo), asking(), 'emergency-role-missing', null],
    [
      'anybody where no pipeline leads',
      person(bo),
      { ...urgent(), rung: null },
      'emergency-role-missing',
      null,
    ],
  ])('is never %s', async (_, by, facts, code, roles) => {
    const refused = await confirm(by, facts).catch((thrown: unknown) => thrown);
    expect(refused).toMatchObject({ kind: 'denied', code });
    if (roles !== null)
      expect(refused).toMatchObject({ wayOut: expect.stringContaining(` ${roles}.`) as string });
  });

  it('confirms what is there now, and not what it looked at before', async () => {
    await expect(confirm(person(bo), urgent(), digestOf('before'))).rejects.toMatchObject({
      kind: 'conflict',
      code: 'plan-changed',
      facts: { plan: plain.plan },
    });
  });
});

describe('an emergency (REL-12)', () => {
  it('is said yes to as what it is, and nothing else is', () => {
    expect(() => needSaidSo(asked, true)).not.toThrow();
    expect(() => needSaidSo(undefined, false)).not.toThrow();
    expect(() => needSaidSo(asked, false)).toThrow(expect.objectContaining({ code: 'emergency-unsaid' }));
    expect(() => needSaidSo(undefined, true)).toThrow(
      expect.objectContaining({ code: 'emergency-not-asked' }),
    );
  });

  it('expires, told with who had confirmed it, and lets what waits behind it look', async () => {
    const by = { ...person(bo) };
    const confirmed = { by, roles: [], planHash: plain.plan.hash, at: now, comment: '' };
    for (const [emergency, confirmedBy, why] of [
      [asked, null, 'nobody confirmed it'],
      [{ ...asked, confirmed }, bo, 'could not start'],
    ] as const) {
      const facts = urgent(emergency);
      const kept = await withStored(facts, (tx, stored) => expireEmergency(tx, stored, facts, now));
      const automation = { kind: 'automation', rule: 'emergency' };
      expect((await kept.get('promotion', id)).state).toEqual({
        phase: 'withdrawn',
        by: automation,
        at: now,
      });
      const [told] = await kept.told();
      expect(told).toMatchObject({
        kind: 'promotion.emergency-expired',
        actor: automation,
        payload: { confirmedBy },
      });
      expect(told?.message).toContain(why);
      expect(kept.woken()).toEqual(['environment/prod']);
    }
  });

  it('names what it passes over, and of what is missing the people alone', () => {
    const people: Lifter = { kind: 'people', roles: [qa], members: [cy], contacts: [] };
    const second: Lifter = { ...people, members: [bo] };
    const blocker = (kind: Blocker['kind'], liftedBy: Lifter, gate?: string): Blocker => ({
      kind,
      ...(gate !== undefined && { gate }),
      reason: `${kind}.`,
      wayOut: '',
      effect: 'waits',
      liftedBy,
      earliest: null,
    });
    const all = [
      blocker('window', { kind: 'time' }),
      blocker('checklist', people, 'go-live'),
      blocker('approvals', people),
      blocker('emergency', second),
      blocker('approvals', { kind: 'time' }),
    ];
    expect(missingOf(all)).toEqual([people, second]);
    expect(named(all.slice(0, 2))).toStrictEqual([
      { kind: 'window', reason: 'window.' },
      { kind: 'checklist', gate: 'go-live', reason: 'checklist.' },
    ]);
  });
});
