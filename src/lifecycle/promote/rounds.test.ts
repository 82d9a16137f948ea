import { describe, expect, it } from 'vitest';
import { instant, later } from '../../domain/ids.ts';
import type { Approval } from '../../domain/promotion.ts';
import { ada, approvalPolicy, bo, cy, next, now } from './facts.kit.ts';
import type { AdmissionFacts } from './facts.ts';
import { asking, type Kept, keeping, recordsOf, type Step } from './kept.kit.ts';
import { remind, tellExpired } from './rounds.ts';

const plain = asking();
const { project } = plain.target;
const id = plain.promotion?.id ?? '';
const person = { kind: 'person', id: cy } as const;

const by = (who: Approval['by'], other: Partial<Approval> = {}): Approval => ({
  by: who,
  roles: [],
  release: next.id,
  planHash: plain.plan.hash,
  at: instant(now - 1000),
  comment: '',
  ...other,
});
const overAt = instant(now - approvalPolicy.expireMs);

async function waits(approvals: readonly Approval[], step: Step = {}, more: Partial<AdmissionFacts> = {}) {
  const facts = { ...asking({ ...step, promotion: { approvals } }), ...more };
  const kept = await keeping(...recordsOf(facts));
  return { facts, ...kept, approvals: async () => (await kept.get('promotion', id)).approvals };
}
type Waits = Awaited<ReturnType<typeof waits>>;

const withStored = (
  { act, facts }: Pick<Kept, 'act'> & Pick<Waits, 'facts'>,
  work: (
    tx: Parameters<typeof tellExpired>[0],
    stored: Parameters<typeof tellExpired>[1],
    facts: AdmissionFacts,
  ) => Promise<void>,
): Promise<void> =>
  act(async (tx) => {
    const stored = await tx.get(project, 'promotion', id);
    if (stored === undefined) throw new Error('it waits');
    await work(tx, stored, facts);
  });
const look = (kept: Waits): Promise<void> =>
  withStored(kept, (tx, stored, facts) => tellExpired(tx, stored, facts, now));
const again = (kept: Waits): Promise<void> =>
  withStored(kept, (tx, stored, facts) => remind(tx, { stored, facts }, person, now));

describe('an approval that has expired (REL-3)', () => {
  it('is told once, with whom it takes now', async () => {
    const kept = await waits([by(ada, { at: overAt }), by(bo, { at: later(overAt, 1) })]);
    await look(kept);
    expect(await kept.approvals()).toEqual([
      by(ada, { at: overAt, expiredAt: now }),
      by(bo, { at: later(overAt, 1) }),
    ]);
    const [told, ...more] = await kept.told();
    expect(more).toEqual([]);
    expect(told).toMatchObject({
      kind: 'promotion.approval-expired',
      actor: { kind: 'automation', rule: 'approvals' },
      payload: { expired: [ada], missing: [{ members: [ada] }] },
    });
    await look(kept);
    expect(await kept.told()).toHaveLength(1);
  });

  it('is not told where none is asked for, or none expired', async () => {
    const old = by(ada, { at: overAt });
    for (const kept of [await waits([old], {}, { rung: null }), await waits([by(ada)]), await waits([])]) {
      await look(kept);
      expect(await kept.told()).toEqual([]);
    }
  });
});

describe('a new round of approvals (REL-3)', () => {
  it('puts aside what does not count, and tells whom it takes', async () => {
    const kept = await waits([by(ada, { at: overAt }), by(bo)]);
    await again(kept);
    expect(await kept.approvals()).toEqual([by(bo)]);
    const [told] = await kept.told();
    expect(told).toMatchObject({
      kind: 'promotion.asked-again',
      actor: person,
      payload: { planHash: plain.plan.hash, missing: [{ kind: 'people', members: [ada] }] },
    });
    expect(told?.message).toContain(`: ${ada} can approve`);
    const nobody = await waits([]);
    await again(nobody);
    expect((await nobody.told())[0]?.message).toContain(`: ${ada} or ${bo} can approve`);
  });

  it.each<[string, readonly Approval[], Step, Partial<AdmissionFacts>]>([
    ['nobody is missing', [by(ada), by(bo)], {}, {}],
    ['nobody has to approve', [], {}, { rung: null }],
    ['it is an emergency, which takes none', [], {}, { emergency: { expiresAt: now, confirmed: null } }],
  ])('is none where %s', async (_, approvals, step, more) => {
    const kept = await waits(approvals, step, more);
    await expect(again(kept)).rejects.toMatchObject({ kind: 'conflict', code: 'approvals-complete' });
  });
});
