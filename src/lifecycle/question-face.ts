import type { Actor } from '../domain/actor.ts';
import type { EnvironmentName, Instant, ProjectId, ReleaseId } from '../domain/ids.ts';
import type { HookAnswer, QuestionId, QuestionPhase } from '../domain/question.ts';
import type { Caller, PageOf } from './face.ts';
import type { WhyView } from './views.ts';

/** What a program was asked, as people are shown it. */
export interface QuestionView {
  readonly id: QuestionId;
  readonly gate: string;
  readonly environment: EnvironmentName;
  readonly release: { readonly id: ReleaseId; readonly version: string };
  readonly askedBy: Actor;
  readonly askedAt: Instant;
  /** No answer counts after this. */
  readonly until: Instant;
  /** `open` also where its time is up and nobody has noted that yet; `says` tells. */
  readonly state: QuestionPhase;
  /** How it stands, as a sentence. */
  readonly says: string;
}

export interface QuestionsQuery {
  readonly release?: string | undefined;
  readonly environment?: string | undefined;
  readonly state?: QuestionPhase | undefined;
  readonly limit?: number | undefined;
  readonly after?: string | undefined;
}

/** What is asked of programs of a team's own, and what they answer. */
export interface QuestionFace {
  /** What was asked, newest first. */
  questions(project: ProjectId, query: QuestionsQuery): Promise<PageOf<QuestionView>>;
  /** Has a webhook gate asked again; the answer is how the release stands then. Conflict `question-open`. */
  askGate(
    project: ProjectId,
    ask: { readonly release: string; readonly to: string; readonly gate: string },
    caller: Caller,
  ): Promise<WhyView>;
  /** What a program that was asked answers later, with the token that came with the question. */
  answerQuestion(
    project: string,
    question: string,
    answer: HookAnswer & { readonly token: string },
  ): Promise<void>;
}
