import { describe, expect, it } from 'vitest';
import type { Blocker, BlockerKind } from '../../domain/admission.ts';
import type { Emergency, EmergencyConfirmation } from '../../domain/emergency.ts';
import { type ActorId, instant, type RoleName, type RolloutId } from '../../domain/ids.ts';
import { digestOf } from '../../domain/canonical.ts';
import { aRollout } from '../deliver/rollout.kit.ts';
import { admit } from './admit.ts';
import type { AdmissionFacts } from './facts.ts';
import { aCleanAsk, ada, bo, cy, environmentOf, next, now, running } from './facts.kit.ts';

const [lead, qa] = ['lead', 'qa'] as RoleName[] as [RoleName, RoleName];
const clean = aCleanAsk();
const nobody = { kind: 'person', id: 'eve@example.org' as ActorId } as const;
const mark = {
  reason: '6.3 % errors',
  environment: environmentOf('dev').name,
  rollout: 'r' as RolloutId,
  at: now,
};

const confirmation = (other: Partial<EmergencyConfirmation> = {}): EmergencyConfirmation => ({
  by: { kind: 'person', id: ada },
  roles: [lead],
  planHash: clean.plan.hash,
  at: now,
  comment: '',
  ...other,
});

/** QA asks, a lead confirms; nothing that a promotion needs is there. */
function inEmergency(
  confirmed: EmergencyConfirmation | null,
  other: Partial<AdmissionFacts> = {},
): AdmissionFacts {
  const { rung } = clean;
  if (rung === null) throw new Error('prod is a rung');
  const emergency: Emergency = { expiresAt: instant(now + 1), confirmed };
  return aCleanAsk({
    rung: { ...rung, step: { ...rung.step, emergency: { from: [qa], second: [lead] } } },
    before: [environmentOf('dev'), environmentOf('test')],
    hasRunIn: new Set(),
    promotion: null,
    emergency,
    ...other,
  });
}

const blockersOf = (facts: AdmissionFacts): readonly Blocker[] => admit(facts, now).blockers;
const kinds = (facts: AdmissionFacts): readonly BlockerKind[] => blockersOf(facts).map(({ kind }) => kind);
const waysOut = (facts: AdmissionFacts) =>
  blockersOf(facts).map(({ reason, wayOut }) => `${reason} ${wayOut}`);

describe('an emergency (REL-12)', () => {
  it('passes over all that would stand in the way, and says so by name', () => {
    const answer = admit(inEmergency(confirmation()), now);
    expect(answer).toMatchObject({ allowed: true, blockers: [] });
    expect(answer.passedOver?.map(({ kind }) => kind)).toEqual([
      'order',
      'smoke',
      'soak',
      'validation',
      'approvals',
    ]);
    expect(answer.gates).toHaveLength(3);
  });

  it('is no emergency where it was not asked for as one', () => {
    expect(admit(aCleanAsk(), now).passedOver).toBeUndefined();
  });

  it('does not pass over a mark, over what runs already, over a rollout, or over who may ask', () => {
    expect(kinds(inEmergency(confirmation(), { release: { ...next, mark } }))).toEqual(['marked']);
    const live = aRollout({ phase: 'canary', step: 0, since: now });
    expect(kinds(inEmergency(confirmation(), { live }))).toEqual(['one at a time']);
    const there = running('prod', [next, 1]);
    const already = aCleanAsk({ target: there });
    expect(kinds(inEmergency(confirmation({ planHash: already.plan.hash }), { target: there }))).toEqual([
      'already there',
    ]);
    expect(kinds(inEmergency(confirmation(), { requester: nobody }))).toEqual(['role unknown', 'emergency']);
    const marked = admit(inEmergency(confirmation(), { release: { ...next, mark } }), now);
    expect(marked.passedOver?.map(({ kind }) => kind)).not.toContain('marked');
  });

  it('waits for a second person, and says who that can be', () => {
    expect(blockersOf(inEmergency(null))).toMatchObject([
      { kind: 'emergency', effect: 'waits', earliest: null, liftedBy: { kind: 'people', members: [ada] } },
    ]);
    expect(waysOut(inEmergency(null))).toEqual([
      `A second person has to confirm the emergency in prod; ${cy} asked for it. Ask ${ada} to confirm it: rung approve prod --emergency`,
    ]);
    const several = inEmergency(null, {
      file: { ...clean.file, roles: { ...clean.file.roles, [lead]: { members: [ada, bo] } } },
    });
    expect(waysOut(several)[0]).toContain(`Ask ${ada} or ${bo} to confirm it`);
    const none = { ...clean.file, roles: { [qa]: { members: [cy] } } };
    expect(waysOut(inEmergency(null, { file: none }))[0]).toMatch(/Ask somebody else to confirm it/u);
  });

  it.each([
    [
      'of another plan',
      confirmation({ planHash: digestOf('another') }),
      /ada@example.org confirmed another plan/u,
    ],
    ['by whoever asked', confirmation({ by: { kind: 'person', id: cy } }), /A second person has to confirm/u],
    ['by somebody without the role', confirmation({ by: { kind: 'person', id: bo } }), /A second person/u],
    [
      'by whoever asked, who acts as somebody else',
      confirmation({ by: { kind: 'person', id: ada, actingFrom: cy } }),
      /A second person/u,
    ],
  ])('is not confirmed %s', (_, confirmed, says) => {
    expect(blockersOf(inEmergency(confirmed))).toMatchObject([
      { kind: 'emergency', effect: 'waits', reason: expect.stringMatching(says) as string },
    ]);
  });

  it('is refused where none is declared, to who may not ask, and once its hour is over', () => {
    const says = (facts: AdmissionFacts) => blockersOf(facts).map(({ effect, reason }) => [effect, reason]);
    expect(says(inEmergency(confirmation(), { rung: clean.rung }))).toEqual([
      ['refused', 'prod declares no emergency way in.'],
    ]);
    const asBo = inEmergency(confirmation(), { requester: { kind: 'person', id: bo } });
    expect(says(asBo)).toEqual([['refused', `${bo} may not ask for an emergency in prod.`]]);
    const policy = { from: [qa, lead], second: [lead] };
    const rung = clean.rung && { ...clean.rung, step: { ...clean.rung.step, emergency: policy } };
    expect(blockersOf({ ...asBo, rung })[0]?.wayOut).toContain('qa or lead');
    const program = inEmergency(confirmation(), { requester: { kind: 'automation', rule: 'merge' } });
    expect(says(program)).toEqual([['refused', 'Rung may not ask for an emergency in prod.']]);
    const over = { expiresAt: now, confirmed: confirmation() };
    expect(says(inEmergency(null, { emergency: over }))).toEqual([
      ['refused', 'It was not confirmed and started within the hour.'],
    ]);
  });
});
