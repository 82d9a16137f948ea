import { expect, it } from 'vitest';
import type { RolloutView } from '../../api/views.ts';
import { isJudgeLost, servesAll, takeBackText } from './phase.ts';

const held: RolloutView['state'] = {
  phase: 'held',
  from: { phase: 'canary', step: 0, since: 1 },
  percent: 0,
  since: 1,
  reason: { kind: 'judge lost' },
};

it('knows that a rollout which nobody judged is back on the stable version, whatever the agent said last', () => {
  expect(isJudgeLost({ state: held })).toBe(true);
  expect(servesAll({ state: held, effectivePercent: 10 })).toBe(false);
});

it('says that the new version serves everything as soon as it does, watched or not', () => {
  const watching = { phase: 'watching', since: 1, until: 2 } as const;
  expect(servesAll({ state: watching, effectivePercent: 100 })).toBe(true);
  expect(servesAll({ state: { phase: 'canary', step: 0, since: 1 }, effectivePercent: 10 })).toBe(false);
});

it('begins a sentence as sentences begin', () => {
  const reason = {
    kind: 'rule',
    rule: 'early stop',
    by: 'agent',
    detail: 'surely worse than 5 % errors',
  } as const;
  expect(takeBackText({ reason })).toBe('Surely worse than 5 % errors');
});
