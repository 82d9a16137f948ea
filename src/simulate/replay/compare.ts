import type { RolloutPolicy } from '../../domain/project-file/types.ts';
import type { Recording } from '../../domain/rollout/recording.ts';
import { spanText } from '../../domain/wording.ts';
import { type Decision, isSame, isSameKind, recordedDecisions } from './decision.ts';
import { type OtherWeight, replay } from './replay.ts';

/** What these rules would have made of a rollout that was recorded. Plain data. */
export interface Comparison {
  readonly environment: string;
  readonly version: string;
  readonly recorded: readonly Decision[];
  readonly replayed: readonly Decision[];
  readonly isSame: boolean;
  /** How it would have ended otherwise, then what would have been different first, as sentences. */
  readonly says: readonly string[];
  /** What cannot be known from the recording, as sentences. */
  readonly unknown: readonly string[];
}

/** Replays a recording by these rules, and says where they would have decided otherwise. */
export function compare(recording: Recording, policy: RolloutPolicy): Comparison {
  const recorded = recordedDecisions(recording);
  const { decisions, otherWeight } = replay(recording, policy);
  const differs = Array.from(
    { length: Math.max(recorded.length, decisions.length) },
    (_, index) => index,
  ).find((index) => !areSame(recorded[index], decisions[index]));
  const { environment, version } = recording;
  const isAllSame = differs === undefined;
  return {
    environment,
    version,
    recorded,
    replayed: decisions,
    isSame: isAllSame,
    says: isAllSame
      ? [`The same ${recorded.length} decisions at the same samples.`]
      : differences(recorded, decisions, differs),
    unknown: isAllSame ? [] : unknownOf(recorded, decisions, otherWeight),
  };
}

/** Its end is what people ask for; on the way there the first difference is the one that counts. */
function differences(
  recorded: readonly Decision[],
  replayed: readonly Decision[],
  first: number,
): readonly string[] {
  const [then, now] = [endOf(recorded), endOf(replayed)];
  const way = difference(recorded[first], replayed[first]);
  if (areSame(then, now) || (then === undefined && now === undefined)) return [way];
  const end = difference(then, now);
  return end === way ? [end] : [end, `On the way: ${way}`];
}

const endPhases: ReadonlySet<Decision['phase']> = new Set([
  'rolling back',
  'held',
  'succeeded',
  'superseded',
]);

const endOf = (decisions: readonly Decision[]): Decision | undefined => {
  const last = decisions.at(-1);
  return last !== undefined && endPhases.has(last.phase) ? last : undefined;
};

const areSame = (left: Decision | undefined, right: Decision | undefined): boolean =>
  left !== undefined && right !== undefined && isSame(left, right);

function difference(then: Decision | undefined, now: Decision | undefined): string {
  if (now === undefined)
    return then === undefined ? '' : `It would not have been ${outcome(then)} after ${at(then)}.`;
  const because = now.detail === '' ? '' : `: ${now.detail}`;
  if (then === undefined) return `It would have been ${outcome(now)} after ${at(now)}${because}.`;
  const gapMs = then.sinceStartMs - now.sinceStartMs;
  if (isSameKind(then, now))
    return `It would have been ${outcome(now)} ${spanText(Math.abs(gapMs))} ${gapMs > 0 ? 'earlier' : 'later'}, after ${at(now)}${because}.`;
  const isBack = then.phase === 'rolling back' && now.phase === 'rolling back';
  if (isBack && gapMs !== 0)
    return `It would have been taken back ${spanText(Math.abs(gapMs))} ${gapMs > 0 ? 'earlier' : 'later'} by ${now.by ?? 'a rule'}${because}.`;
  return `It would have been ${outcome(now)} after ${at(now)}${because}. It was ${outcome(then)} after ${at(then)}.`;
}

const at = ({ sinceStartMs }: Decision): string => spanText(sinceStartMs);

/** As it follows on "it was". */
export function outcome({ phase, percent, by }: Decision): string {
  const whom = by === null ? '' : ` by ${by}`;
  switch (phase) {
    case 'canary':
      return `given ${percent} %`;
    case 'promoting':
      return 'promoted to 100 %';
    case 'watching':
      return 'watched';
    case 'held':
      return `held at ${percent} %${whom}`;
    case 'rolling back':
      return `taken back${whom}`;
    case 'preflight':
      return 'started';
    case 'succeeded':
      return 'let through';
    case 'superseded':
    case 'rolled back':
    case 'rollback failed':
      return phase;
  }
}

function unknownOf(
  recorded: readonly Decision[],
  replayed: readonly Decision[],
  otherWeight: OtherWeight | null,
): readonly string[] {
  const wasStopped = recorded.at(-1)?.phase === 'rolling back';
  const isStopped = replayed.at(-1)?.phase === 'rolling back';
  return [
    ...(otherWeight === null
      ? []
      : [
          `From ${spanText(otherWeight.sinceStartMs)} on it would have had ${otherWeight.wantedPercent} % of the requests; it was measured at ${otherWeight.measuredPercent} %. What follows is a guess from there.`,
        ]),
    ...(wasStopped && !isStopped
      ? ['It was taken back then, so nobody measured how it would have gone on.']
      : []),
  ];
}
