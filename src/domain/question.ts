import type { Actor } from './actor.ts';
import { digestOfJson } from './canonical.ts';
import type { Branded, EnvironmentId, EnvironmentName, Instant, ProjectId, ReleaseId } from './ids.ts';
import { later } from './ids.ts';

/** 64 hexadecimal digits; the same for the same gate, environment and tree. */
export type QuestionId = Branded<string, 'QuestionId'>;

export const verdicts = ['pass', 'fail', 'pending'] as const;

/** What a program was asked about one tree on its way into one environment. There is one for each gate, tree and environment. */
export interface Question {
  readonly id: QuestionId;
  readonly project: ProjectId;
  readonly gate: string;
  readonly tree: string;
  readonly environment: EnvironmentId;
  readonly environmentName: EnvironmentName;
  readonly release: ReleaseId;
  readonly version: string;
  readonly url: string;
  readonly timeoutMs: number;
  /** Another one each time that somebody asks again; the same when only sending had to be repeated. */
  readonly nonce: string;
  readonly askedBy: Actor;
  readonly askedAt: Instant;
  /** No answer counts after this. */
  readonly until: Instant;
  readonly state: QuestionState;
}

export type QuestionState =
  | {
      readonly phase: 'open';
      readonly tries: number;
      /** Nobody sends it before this: whoever sends it now moves it on first. null: it was taken in, and is thought about. */
      readonly sendAt: Instant | null;
      /** What went wrong with the latest try. */
      readonly trouble: string | null;
    }
  | {
      readonly phase: 'answered';
      readonly answer: HookAnswer;
      readonly via: 'reply' | 'callback';
      readonly at: Instant;
    }
  /** What came back was no answer. */
  | { readonly phase: 'failed'; readonly code: string; readonly says: string; readonly at: Instant };

export interface HookAnswer {
  readonly verdict: 'pass' | 'fail';
  /** Empty where none was given. */
  readonly reason: string;
  /** Where more can be read; empty where none was given. */
  readonly url: string;
}

export const questionIdOf = (gate: string, environment: EnvironmentId, tree: string): QuestionId =>
  digestOfJson([gate, environment, tree]).slice('sha256:'.length) as QuestionId;

/** What the bearer of a callback's token may answer. Signed by the control plane, it is the token. */
export const callbackText = ({ project, id, nonce }: Pick<Question, 'project' | 'id' | 'nonce'>): string =>
  `rung-webhook-callback-v1\n${project}\n${id}\n${nonce}`;

/** The text that is signed with a request: the time and the body, exactly as they are sent. */
export const signedText = (timestamp: string, body: string): string =>
  `rung-webhook-v1\n${timestamp}\n${body}`;

export const openQuestion = (
  ask: Omit<Question, 'id' | 'askedAt' | 'until' | 'state'>,
  now: Instant,
): Question => ({
  ...ask,
  id: questionIdOf(ask.gate, ask.environment, ask.tree),
  askedAt: now,
  until: later(now, ask.timeoutMs),
  state: { phase: 'open', tries: 0, sendAt: now, trouble: null },
});

/** Open, and its time is not up. */
export const isOpenAt = ({ state, until }: Question, now: Instant): boolean =>
  state.phase === 'open' && now < until;

export const questionPhases = [
  'open',
  'answered',
  'failed',
] as const satisfies readonly QuestionState['phase'][];
export type QuestionPhase = (typeof questionPhases)[number];
