import { isFailure } from '../../domain/failure.ts';
import type { EnvironmentId, Instant, ProjectId, PromotionId } from '../../domain/ids.ts';
import { instant } from '../../domain/ids.ts';
import type { RolloutPolicy } from '../../domain/project-file/types.ts';
import type { RecordedTurn, Recording } from '../../domain/rollout/recording.ts';
import type { Sample } from '../../domain/rollout/sample.ts';
import { isLive, type Rollout, wantedPercent } from '../../domain/rollout/types.ts';
import { decideRollout } from '../../lifecycle/deliver/decide-rollout.ts';
import {
  abort,
  advanceByPerson,
  enterFirstStep,
  enterHeld,
  enterRollingBack,
  pause,
  resume,
  settle,
  supersede,
} from '../../lifecycle/deliver/transitions.ts';
import { type Decision, decisionOf } from './decision.ts';

/** What the rules decide of what was measured. */
export interface Replayed {
  readonly decisions: readonly Decision[];
  /** From this sample on the new version would have had another share of the requests than it was measured at. */
  readonly otherWeight: OtherWeight | null;
}

export interface OtherWeight {
  readonly sample: number;
  readonly sinceStartMs: number;
  readonly wantedPercent: number;
  readonly measuredPercent: number;
}

/**
 * Judges a recorded rollout once more, by these rules: folds the samples one after the other with the code that decides,
 * and lets people, lost judges and the smoke tests come where they came. Pure.
 */
export function replay(recording: Recording, policy: RolloutPolicy): Replayed {
  const replaying = new Replaying(recording, policy);
  for (const sample of recording.samples) replaying.fold(sample);
  replaying.end();
  return { decisions: replaying.decisions, otherWeight: replaying.otherWeight };
}

class Replaying {
  readonly decisions: Decision[] = [];
  otherWeight: OtherWeight | null = null;
  readonly #recording: Recording;
  readonly #given: RecordedTurn[];
  /** Of the recording, where it is by now. */
  #recorded = { generation: 1 };
  #rollout: Rollout;

  constructor(recording: Recording, policy: RolloutPolicy) {
    this.#recording = recording;
    this.#given = [...recording.turns];
    this.#rollout = begun(recording, policy);
  }

  fold(sample: Sample): void {
    this.#giveUpTo(sample.number - 1);
    if (!isLive(this.#rollout.state)) return;
    const isCurrent = sample.generation === this.#recorded.generation;
    // What was in force then is what is in force here: the samples of that word are evidence.
    const generation = isCurrent ? this.#rollout.generation : 0;
    if (isCurrent) this.#noteWeight(sample);
    this.#take({ ...sample, generation }, sample.number);
  }

  /** What came after the last sample. */
  end(): void {
    this.#giveUpTo(Number.POSITIVE_INFINITY);
  }

  #take(sample: Sample, number: number): void {
    const before = this.#rollout;
    const now = this.#beforeWatchEnds(sample.at);
    const facts = {
      rollout: before,
      observation: null,
      revision: 0,
      samples: [sample],
      agentSilentMs: 0,
      inPhaseMs: 0,
      watchLeftMs: before.state.phase === 'watching' ? before.state.until - now : 0,
    };
    this.#become(decideRollout(facts, now).rollout, sample.at, number);
  }

  /** A watch ends when its time is over, which is a given. */
  #beforeWatchEnds(at: Instant): Instant {
    const { state } = this.#rollout;
    return state.phase === 'watching' && at >= state.until ? instant(state.until - 1) : at;
  }

  #giveUpTo(sample: number): void {
    for (let turn = this.#given[0]; turn !== undefined && turn.sample <= sample; turn = this.#given[0]) {
      this.#given.shift();
      this.#give(turn);
      this.#recorded = { generation: turn.generation };
    }
  }

  #give(turn: RecordedTurn): void {
    try {
      this.#become(given(this.#rollout, turn), turn.at, turn.sample);
    } catch (thrown) {
      // What was done to the rollout as it went may not be doable to the one that these rules made of it.
      if (!isFailure(thrown) || thrown.kind !== 'conflict') throw thrown;
    }
  }

  #become(after: Rollout, at: Instant, sample: number): void {
    const before = this.#rollout;
    this.#rollout = after;
    if (after.state !== before.state)
      this.decisions.push(decisionOf(after, at - this.#recording.startedAt, sample));
  }

  #noteWeight(sample: Sample): void {
    const wanted = wantedPercent(this.#rollout);
    if (this.otherWeight !== null || wanted === sample.trafficPercent || this.#rollout.judge === null) return;
    this.otherWeight = {
      sample: sample.number,
      sinceStartMs: sample.at - this.#recording.startedAt,
      wantedPercent: wanted,
      measuredPercent: sample.trafficPercent,
    };
  }
}

function begun({ id, services, startedAt }: Recording, policy: RolloutPolicy): Rollout {
  return {
    id,
    project: '' as ProjectId,
    environment: '' as EnvironmentId,
    promotion: '' as PromotionId,
    services,
    policy,
    reasonAllAtOnce: null,
    generation: 1,
    state: { phase: 'preflight', since: startedAt },
    judge: null,
    lastSample: 0,
    judgement: null,
    sampledMs: 0,
    smoke: null,
    startedAt,
  };
}

/** What did not follow from the evidence, done to the rollout as it is now. The rest follows by itself, or does not. */
function given(rollout: Rollout, { at, by, phase, reason, isResumed }: RecordedTurn): Rollout {
  const isByPerson = by.kind === 'person';
  if (!isLive(rollout.state)) return rollout;
  if (rollout.state.phase === 'preflight' && phase !== 'preflight' && phase !== 'rolling back')
    return enterFirstStep(rollout, at);
  if (phase === 'held' && reason?.kind === 'person') return pause(rollout, reason.by, reason.note, at);
  if (phase === 'held' && reason?.kind === 'judge lost') return lost(rollout, at);
  if (phase === 'rolling back' && reason?.kind === 'person')
    return abort(rollout, reason.by, reason.note, at);
  if (phase === 'rolling back' && (reason?.kind === 'start' || reason?.kind === 'smoke tests'))
    return enterRollingBack(rollout, reason, at);
  if (isResumed && isByPerson) return resumed(rollout, by, phase, at);
  if (phase === 'succeeded') return through(rollout, by, at);
  return phase === 'superseded' ? supersede(rollout, '' as PromotionId, at) : rollout;
}

/** A watch that ends settles what is watched, and nothing that these rules hold; a person's word ends what is held. */
function through(rollout: Rollout, by: RecordedTurn['by'], at: Instant): Rollout {
  if (rollout.state.phase === 'watching') return settle(rollout, at);
  return by.kind === 'person' ? advanceByPerson(rollout, by, '', at) : rollout;
}

const lost = (rollout: Rollout, at: Instant): Rollout =>
  rollout.judge === null ? rollout : enterHeld(rollout, { kind: 'judge lost' }, 0, at);

/** Resuming goes back to the step it was held in; letting it go on past its evidence goes to the next. */
function resumed(
  rollout: Rollout,
  by: RecordedTurn['by'],
  phase: RecordedTurn['phase'],
  at: Instant,
): Rollout {
  const again = resume(rollout, at);
  return again.state.phase === phase ? again : advanceByPerson(rollout, by, '', at);
}
