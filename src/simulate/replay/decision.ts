import type { RecordedTurn, Recording } from '../../domain/rollout/recording.ts';
import {
  type HoldReason,
  type Rollout,
  type RolloutPhase,
  type TakeBackReason,
  wantedPercent,
} from '../../domain/rollout/types.ts';
import { holdText } from '../../lifecycle/deliver/rollout-events.ts';
import { takeBackText } from '../../lifecycle/deliver/consequences.ts';

/** A change of a rollout's state, as it is compared: what, when by the samples, and by which rule. */
export interface Decision {
  /** Number of the last sample that was folded by then. */
  readonly sample: number;
  readonly sinceStartMs: number;
  readonly phase: RolloutPhase;
  readonly percent: number;
  /** `early stop`, `person`, `judge lost`, …; null where no reason is given. */
  readonly by: string | null;
  readonly detail: string;
}

export const decisionOf = (rollout: Rollout, sinceStartMs: number, sample: number): Decision => {
  const { state } = rollout;
  const reason = 'reason' in state ? state.reason : null;
  return { sample, sinceStartMs, phase: state.phase, percent: wantedPercent(rollout), ...because(reason) };
};

/** What was decided then. That the last instance stopped decides nothing. */
export function recordedDecisions({ turns, samples, startedAt }: Recording): readonly Decision[] {
  const madeAt = new Map(samples.map((one) => [one.number, one.at]));
  // The evidence spoke when the sample was made, though the control plane may have heard of it later.
  const spokenAt = (turn: RecordedTurn): number =>
    isOfEvidence(turn) ? (madeAt.get(turn.sample) ?? turn.at) : turn.at;
  return turns
    .filter(({ phase }) => phase !== 'rolled back' && phase !== 'rollback failed')
    .map((turn) => {
      const { sample, phase, percent, reason } = turn;
      const { by, detail } = because(reason);
      return { sample, sinceStartMs: spokenAt(turn) - startedAt, phase, percent, by, detail };
    });
}

const isOfEvidence = ({ by, phase, reason }: RecordedTurn): boolean =>
  reason?.kind === 'rule' ||
  reason?.kind === 'insufficient evidence' ||
  (by.kind !== 'person' && (phase === 'promoting' || phase === 'watching'));

function because(reason: HoldReason | TakeBackReason | null): Pick<Decision, 'by' | 'detail'> {
  if (reason === null) return { by: null, detail: '' };
  const isHold = reason.kind === 'judge lost' || reason.kind === 'insufficient evidence';
  const by = reason.kind === 'rule' ? reason.rule : reason.kind;
  if (isHold) return { by, detail: holdText(reason) };
  return { by, detail: reason.kind === 'rule' ? reason.detail : takeBackText(reason) };
}

/** Whether the same was decided of the same samples. */
export const isSame = (left: Decision, right: Decision): boolean =>
  left.sample === right.sample && isSameKind(left, right);

/** Whether it is the same step, whenever it was. */
export const isSameKind = (left: Decision, right: Decision): boolean =>
  left.phase === right.phase && left.percent === right.percent && left.by === right.by;
