import { describe, expect, it } from 'vitest';
import type { Blocker } from '../../domain/admission.ts';
import { aPromotionOf } from '../../domain/environment.kit.ts';
import { type PromotionId } from '../../domain/ids.ts';
import type { Promotion } from '../../domain/promotion.ts';
import { current, cy, environmentOf, next, now } from './facts.kit.ts';
import { asking } from './kept.kit.ts';
import { type Asking, mergeRefused, refusal, refusedEvent } from './request.ts';

const plain = asking();
const { target } = plain;
const id = 'new' as PromotionId;
const person = { kind: 'person', id: cy } as const;

const other = (name: string, more: Partial<Promotion> = {}): Promotion => ({
  ...aPromotionOf(current, undefined, target),
  id: name as PromotionId,
  ...more,
});

describe('a refusal', () => {
  const blocker = (effect: Blocker['effect'], reason: string): Blocker => ({
    kind: 'order',
    reason,
    wayOut: `${reason} do this.`,
    effect,
    liftedBy: { kind: 'time' },
    earliest: null,
  });
  const answered = (blockers: readonly Blocker[]): Asking => ({
    promotion: other(id, { version: next.version, release: next.id, requestedBy: person }),
    facts: { ...plain, target: environmentOf('prod') },
    admission: { allowed: false, blockers, gates: [] },
  });
  const both = answered([blocker('waits', 'Wait.'), blocker('refused', 'No.'), blocker('refused', 'Never.')]);

  it('gives the first reason for which it is refused, and all of them besides', () => {
    expect(refusal(both)).toMatchObject({
      kind: 'denied',
      code: 'promotion-refused',
      message: '1.1.0 may not go to prod: No.',
      wayOut: 'No. do this.',
      facts: { admission: both.admission },
    });
    expect(refusal(answered([blocker('waits', 'Wait.')])).message).toContain('Wait.');
    const without = refusal(answered([]));
    expect(without).toMatchObject({ code: 'promotion-refused', wayOut: '' });
    expect(without.message).not.toContain('undefined');
  });

  it('is told of the release, with every blocker', () => {
    const event = refusedEvent(both, now);
    expect(event).toMatchObject({
      kind: 'promotion.refused',
      actor: person,
      environment: target.id,
      subject: `release/${next.id}`,
      payload: { release: next.id, blockers: both.admission.blockers },
    });
    expect(event.message).toContain('Wait. No. Never.');
  });

  it('of a merge says which branch asks, and what to do about what is refused alone', () => {
    const event = mergeRefused(both, 'develop', now);
    expect(event).toMatchObject({ kind: 'promotion.refused', subject: `release/${next.id}` });
    expect(event.message).toMatch(/^develop asks .* No\. No\. do this\. Never\. Never\. do this\.$/u);
    expect(event.message).not.toContain('Wait');
  });
});
