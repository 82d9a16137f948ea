import type { RolloutState, RolloutView } from '../../api/views.ts';
import { percentText } from '../../components/figures.ts';
import { personName } from '../../components/names.ts';
import type { Tone } from '../../components/state-mark.tsx';

type Held = Extract<RolloutState, { phase: 'held' }>;
type TakenBack = Extract<RolloutState, { phase: 'rolled back' }>;

export const isLive = ({ phase }: RolloutState): boolean =>
  phase !== 'rolled back' && phase !== 'rollback failed' && phase !== 'succeeded' && phase !== 'superseded';

/** The lease ran out: the gateway has gone back by itself, whatever an agent that is silent said last. */
export const isJudgeLost = ({ state }: Pick<RolloutView, 'state'>): boolean =>
  state.phase === 'held' && state.reason.kind === 'judge lost';

/** Whether the new version gets every request by now. */
export const servesAll = ({
  state,
  effectivePercent,
}: Pick<RolloutView, 'state' | 'effectivePercent'>): boolean =>
  (state.phase === 'promoting' || state.phase === 'watching' || state.phase === 'held') &&
  effectivePercent === 100;

/** Where a rollout is, in few words: for the rung it goes into. */
export function phaseWords(rollout: RolloutView): { readonly tone: Tone; readonly text: string } {
  const { state } = rollout;
  const percent = percentText(rollout.effectivePercent ?? rollout.wantedPercent);
  switch (state.phase) {
    case 'preflight':
      return { tone: 'live', text: 'Preflight at 0 %' };
    case 'canary':
      return { tone: 'live', text: `Canary ${percent}` };
    case 'promoting':
      return { tone: 'live', text: `Promoting, ${percent}` };
    case 'watching':
      return { tone: 'live', text: 'Watching' };
    case 'held':
      return { tone: 'warn', text: `Held at ${percentText(state.percent)}` };
    case 'rolling back':
      return { tone: 'bad', text: 'Rolling back' };
    case 'rolled back':
      return { tone: 'bad', text: 'Taken back' };
    case 'rollback failed':
      return { tone: 'bad', text: 'Rolling back failed' };
    case 'succeeded':
      return { tone: 'ok', text: 'Succeeded' };
    case 'superseded':
      return { tone: 'off', text: 'Superseded' };
  }
}

/** What the judge thinks so far. */
export function verdictWords({ state, verdict, closeness, curve }: RolloutView): {
  readonly tone: Tone;
  readonly text: string;
} | null {
  if (state.phase !== 'canary' && state.phase !== 'promoting' && state.phase !== 'watching') return null;
  if (verdict === null)
    return { tone: 'off', text: curve.length === 0 ? 'No evidence yet' : 'Gathering evidence' };
  switch (verdict.action) {
    case 'advance':
      return { tone: 'ok', text: 'Good: it goes on' };
    case 'hold':
      return { tone: 'warn', text: verdict.sharedCause ? 'Both versions are bad' : 'A person is needed' };
    case 'take back':
      return { tone: 'bad', text: 'Bad: it is taken back' };
    case 'continue':
      return closeness.some((one) => one.rule !== 'advance' && one.share >= 0.5)
        ? { tone: 'warn', text: 'A rule comes close' }
        : { tone: 'ok', text: 'Looks good so far' };
  }
}

export function holdText({ reason }: Held): string {
  switch (reason.kind) {
    case 'person':
      return `${'id' in reason.by ? personName(reason.by.id) : 'Somebody'} paused it: ${reason.note}`;
    case 'judge lost':
      return 'Nobody judged for longer than the lease, so the gateway put all requests back on the stable version by itself. A person resumes it; the step then starts again, without its old evidence.';
    case 'insufficient evidence':
      return `There is too little to know: ${reason.detail}`;
    case 'rule':
      return `A person is asked: ${reason.detail}`;
  }
}

export function takeBackText({ reason }: Pick<TakenBack, 'reason'>): string {
  switch (reason.kind) {
    case 'rule':
      return sentenceCase(reason.detail);
    case 'smoke tests':
      return `Its smoke tests failed: ${reason.detail}`;
    case 'start':
      return `It did not start: ${reason.detail}`;
    case 'person':
      return `${'id' in reason.by ? personName(reason.by.id) : 'Somebody'} took it back: ${reason.note}`;
  }
}

const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Who decided to take it back. */
export function takenBackBy({ reason }: Pick<TakenBack, 'reason'>): string {
  if (reason.kind === 'person') return 'by a person';
  if (reason.kind === 'rule') return `by itself: the ${reason.by} saw it`;
  return 'by itself, before any request reached it';
}

/** The version a rollout falls back to; null where there is nothing to fall back to. */
export function fallback({ services }: Pick<RolloutView, 'services'>): string | null {
  const versions = [...new Set(services.flatMap(({ from }) => (from === null ? [] : [from])))];
  const [only] = versions;
  if (only === undefined) return null;
  return versions.length === 1 ? only : 'what ran before';
}

/** Since when it is held; null where it is not. */
export const heldSinceOf = ({ state }: Pick<RolloutView, 'state'>): number | null =>
  state.phase === 'held' ? state.since : null;

/** It may go on and be held again while somebody reads: they let go on what they read, or look again. */
export function heldAnewOff(rollout: Pick<RolloutView, 'state'>, seen: number | null): string | null {
  const since = heldSinceOf(rollout);
  return since === null || since === seen
    ? null
    : 'It was held once more since you opened this: close it and look why';
}

/** What taking a version back does, where there is something to fall back to. */
export const takeBackEffect = (version: string, back: string): string =>
  `All requests go to ${back} at once; then ${version} is drained and stopped. ${version} is marked: automation does not try it again until a person lifts the mark.`;
