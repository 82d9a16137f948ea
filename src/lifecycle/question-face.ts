import type { ProjectId } from '../domain/ids.ts';
import type { HookAnswer } from '../domain/question.ts';
import type { Caller } from './face.ts';
import type { WhyView } from './views.ts';

/** What is asked of programs of a team's own, and what they answer. */
export interface QuestionFace {
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
