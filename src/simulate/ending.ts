import type { ChainedEvent } from '../domain/event.ts';
import type { HoldReason, RolloutState, TakeBackReason } from '../domain/rollout/types.ts';
import { holdText } from '../lifecycle/deliver/rollout-events.ts';
import { takeBackText } from '../lifecycle/deliver/consequences.ts';
import type { PromotionView } from '../lifecycle/views.ts';
import type { Cast } from './cast.ts';
import type { Ended } from './played.ts';
import type { EndedBy } from './scenario/types.ts';
import type { Timeline } from './timeline.ts';
import type { Plane } from './world/plane.ts';

const final: ReadonlySet<ChainedEvent['kind']> = new Set([
  'promotion.succeeded',
  'promotion.rolled-back',
  'promotion.failed',
  'promotion.rejected',
  'promotion.superseded',
  'promotion.withdrawn',
  'promotion.emergency-expired',
]);

/** Remembers when what was decided was decided, and says how it ended. */
export class EndWatch {
  readonly #plane: Plane;
  readonly #cast: Cast;
  #decidedAtMs: number | null = null;
  #heldSinceMs: number | null = null;
  #isOver = false;

  constructor(plane: Plane, cast: Cast, timeline: Timeline) {
    this.#plane = plane;
    this.#cast = cast;
    timeline.onEvent((event, atMs) => this.#note(event, atMs));
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** null while it is not held. */
  get heldSinceMs(): number | null {
    return this.#heldSinceMs;
  }

  #note({ kind }: ChainedEvent, atMs: number): void {
    const isFinal = final.has(kind);
    // What was taken back was decided then, not when the last instance had stopped.
    const isDecided = kind === 'rollout.held' || kind === 'rollout.taken-back';
    if (isDecided || (isFinal && kind !== 'promotion.rolled-back')) this.#decidedAtMs = atMs;
    if (kind === 'rollout.held') this.#heldSinceMs = atMs;
    if (kind === 'rollout.resumed' || kind === 'rollout.taken-back' || isFinal) this.#heldSinceMs = null;
    if (isFinal) this.#isOver = true;
  }

  async ended(): Promise<Ended> {
    const nowMs = this.#plane.clock.monotonicMs();
    const { promotion, refused } = this.#cast;
    if (promotion === null)
      return { as: 'refused', by: null, detail: refused?.message ?? 'Nobody asked for it.', atMs: nowMs };
    const view = await this.#plane.control.promotion(this.#plane.project, promotion);
    return { ...(await this.#how(view)), atMs: this.#decidedAtMs ?? nowMs };
  }

  async #how(view: PromotionView): Promise<Omit<Ended, 'atMs'>> {
    const { state } = view;
    if (state.phase === 'waiting')
      return {
        as: 'waiting',
        by: null,
        detail: view.admission.blockers.map(({ reason }) => reason).join(' '),
      };
    const id = 'rollout' in state ? state.rollout : null;
    const rollout = id === null ? null : await this.#plane.control.rollout(this.#plane.project, id);
    if (rollout !== null) return howItStands(rollout.state);
    return state.phase === 'running' || state.phase === 'failed'
      ? { as: 'running', by: null, detail: '' }
      : { as: state.phase, by: null, detail: 'reason' in state ? state.reason : '' };
  }
}

function howItStands(state: RolloutState): Omit<Ended, 'atMs'> {
  switch (state.phase) {
    case 'held':
      return { as: 'held', by: heldBy(state.reason), detail: holdText(state.reason) };
    case 'rolling back':
    case 'rolled back':
      return { as: 'rolled back', by: takenBackBy(state.reason), detail: takeBackText(state.reason) };
    case 'rollback failed':
      return { as: 'rollback failed', by: takenBackBy(state.reason), detail: state.detail };
    case 'succeeded':
    case 'superseded':
      return { as: state.phase, by: null, detail: '' };
    case 'preflight':
    case 'canary':
    case 'promoting':
    case 'watching':
      return { as: 'running', by: null, detail: `It is ${state.phase}.` };
  }
}

const heldBy = (reason: HoldReason): EndedBy => (reason.kind === 'rule' ? reason.rule : reason.kind);
const takenBackBy = (reason: TakeBackReason): EndedBy => (reason.kind === 'rule' ? reason.rule : reason.kind);
