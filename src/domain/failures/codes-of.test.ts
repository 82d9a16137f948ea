import { describe, expect, it } from 'vitest';
import { blockerKinds } from '../admission.ts';
import type { Actor } from '../actor.ts';
import { instant, type PromotionId } from '../ids.ts';
import { gateKinds } from '../project-file/types.ts';
import { type RuleName, ruleNames } from '../rollout/judge/types.ts';
import type { HoldReason, RolloutState, TakeBackReason } from '../rollout/types.ts';
import { codeOfBlocker, codeOfPromotion, codeOfTakeBack, codesOfRollout } from './codes-of.ts';
import { explanationOf } from './index.ts';

const by: Actor = { kind: 'automation', rule: 'test' };
const [since, at] = [instant(0), instant(1)];
const ofRule = (rule: RuleName): TakeBackReason => ({ kind: 'rule', rule, detail: '', by: 'agent' });
const smoke: TakeBackReason = { kind: 'smoke tests', detail: '' };

describe('the code of a blocker (REL-14)', () => {
  it('is explained, and another one for each', () => {
    const codes = blockerKinds.map(codeOfBlocker);
    expect(codes.filter((code) => explanationOf(code) === null)).toEqual([]);
    expect(new Set(codes).size).toBe(blockerKinds.length);
  });

  it('says whether it is a gate', () => {
    const isGate = (code: string): boolean => code.startsWith('gate-');
    expect(blockerKinds.filter((kind) => isGate(codeOfBlocker(kind)))).toEqual([...gateKinds]);
    expect(codeOfBlocker('one at a time')).toBe('blocked-one-at-a-time');
    expect(codeOfBlocker('change-request')).toBe('gate-change-request');
  });
});

describe('the code of a rollout (REL-14)', () => {
  it.each<[TakeBackReason, string]>([
    [ofRule('health'), 'taken-back-health'],
    [ofRule('early stop'), 'taken-back-early-stop'],
    [ofRule('contract'), 'taken-back-contract'],
    [ofRule('latency'), 'rollout-taken-back'],
    [ofRule('advance'), 'rollout-taken-back'],
    [smoke, 'taken-back-smoke-tests'],
    [{ kind: 'start', detail: '' }, 'taken-back-start'],
    [{ kind: 'person', by, note: '' }, 'taken-back-person'],
  ])('that is taken back for %j is %s', (reason, code) => {
    expect(codeOfTakeBack(reason)).toBe(code);
    expect(codesOfRollout({ phase: 'rolling back', reason, since })).toEqual([code]);
    expect(codesOfRollout({ phase: 'rolled back', reason, at })).toEqual([code]);
    expect(codesOfRollout({ phase: 'rollback failed', reason, detail: '', at })).toEqual([
      'rollback-failed',
      code,
    ]);
  });

  it('is explained, whichever rule took it back', () => {
    const codes = ruleNames.map((rule) => codeOfTakeBack(ofRule(rule)));
    expect(codes.filter((code) => explanationOf(code) === null)).toEqual([]);
  });

  it.each<[HoldReason, string]>([
    [{ kind: 'person', by, note: '' }, 'held-person'],
    [{ kind: 'judge lost' }, 'held-judge-lost'],
    [{ kind: 'insufficient evidence', detail: '' }, 'held-insufficient-evidence'],
    [{ kind: 'rule', rule: 'latency', detail: '' }, 'held-rule'],
  ])('that is held for %j is %s', (reason, code) => {
    const from = { phase: 'canary', step: 0, since } as const;
    expect(codesOfRollout({ phase: 'held', reason, since, from, percent: 10 })).toEqual([code]);
    expect(explanationOf(code)).not.toBeNull();
  });

  it.each<[RolloutState, readonly string[]]>([
    [{ phase: 'preflight', since }, []],
    [{ phase: 'canary', step: 0, since }, []],
    [{ phase: 'promoting', since }, []],
    [{ phase: 'watching', since, until: at }, []],
    [{ phase: 'succeeded', at }, []],
    [{ phase: 'superseded', by: 'promotion' as PromotionId, at }, ['promotion-superseded']],
  ])('is there where something does not go as it should: %j', (state, codes) => {
    expect(codesOfRollout(state)).toEqual(codes);
  });
});

describe('the code of a promotion (REL-14)', () => {
  it.each([
    ['waiting', null],
    ['running', null],
    ['succeeded', null],
    ['rolled back', 'promotion-rolled-back'],
    ['failed', 'promotion-failed'],
    ['rejected', 'promotion-rejected'],
    ['superseded', 'promotion-superseded'],
    ['withdrawn', 'promotion-withdrawn'],
  ] as const)('that is %s is %s', (phase, code) => {
    expect(codeOfPromotion(phase)).toBe(code);
    if (code !== null) expect(explanationOf(code)).not.toBeNull();
  });
});
