import type { BlockerKind } from '../admission.ts';
import { type GateKind } from '../gate.ts';
import { gateKinds } from '../project-file/types.ts';
import type { PromotionPhase } from '../promotion.ts';
import type { RuleName } from '../rollout/judge/types.ts';
import type { HoldReason, RolloutState, TakeBackReason } from '../rollout/types.ts';
import type { ExplainedCode } from './index.ts';

/**
 * Which explanation belongs to what happened. A kind that is added anywhere and not explained is an error of types here.
 */

type Ungated = Exclude<BlockerKind, GateKind>;

const byBlocker: Readonly<Record<Ungated, ExplainedCode>> = {
  order: 'blocked-order',
  marked: 'blocked-marked',
  'already there': 'blocked-already-there',
  merged: 'blocked-merged',
  approvals: 'blocked-approvals',
  window: 'blocked-window',
  freeze: 'blocked-freeze',
  'one at a time': 'blocked-one-at-a-time',
  'role unknown': 'blocked-role-unknown',
  emergency: 'blocked-emergency',
};

const isGateKind = (kind: BlockerKind): kind is GateKind => gateKinds.some((gate) => gate === kind);

export const codeOfBlocker = (kind: BlockerKind): ExplainedCode =>
  isGateKind(kind) ? `gate-${kind}` : byBlocker[kind];

const byHold: Readonly<Record<HoldReason['kind'], ExplainedCode>> = {
  person: 'held-person',
  'judge lost': 'held-judge-lost',
  'insufficient evidence': 'held-insufficient-evidence',
  rule: 'held-rule',
};

/** Slow answers ask a person, and thin evidence holds: neither takes back by itself. */
const byRule: Readonly<Record<Exclude<RuleName, 'latency' | 'advance'>, ExplainedCode>> = {
  health: 'taken-back-health',
  'early stop': 'taken-back-early-stop',
  contract: 'taken-back-contract',
};

const byTakeBack: Readonly<Record<Exclude<TakeBackReason['kind'], 'rule'>, ExplainedCode>> = {
  'smoke tests': 'taken-back-smoke-tests',
  start: 'taken-back-start',
  person: 'taken-back-person',
};

export function codeOfTakeBack(reason: TakeBackReason): ExplainedCode {
  if (reason.kind !== 'rule') return byTakeBack[reason.kind];
  const { rule } = reason;
  return rule === 'latency' || rule === 'advance' ? 'rollout-taken-back' : byRule[rule];
}

/** The most pressing first; none for what goes, or went, as it should. */
export function codesOfRollout(state: RolloutState): readonly ExplainedCode[] {
  switch (state.phase) {
    case 'held':
      return [byHold[state.reason.kind]];
    case 'rolling back':
    case 'rolled back':
      return [codeOfTakeBack(state.reason)];
    case 'rollback failed':
      return ['rollback-failed', codeOfTakeBack(state.reason)];
    case 'superseded':
      return ['promotion-superseded'];
    case 'preflight':
    case 'canary':
    case 'promoting':
    case 'watching':
    case 'succeeded':
      return [];
  }
}

const byPhase: Readonly<Record<PromotionPhase, ExplainedCode | null>> = {
  waiting: null,
  running: null,
  succeeded: null,
  'rolled back': 'promotion-rolled-back',
  failed: 'promotion-failed',
  rejected: 'promotion-rejected',
  superseded: 'promotion-superseded',
  withdrawn: 'promotion-withdrawn',
};

/** null: it has not ended, or has ended as it should. */
export const codeOfPromotion = (phase: PromotionPhase): ExplainedCode | null => byPhase[phase];
