import type { Instant, ProjectId } from '../../domain/ids.ts';
import type { Question } from '../../domain/question.ts';
import type { Filter, Reader } from '../../engine/store.ts';
import type { PageOf } from '../face.ts';
import { environmentNamed, releaseNamed } from '../lookup.ts';
import type { QuestionsQuery, QuestionView } from '../question-face.ts';
import { standingText } from './gates/webhook.ts';

/** What programs were asked, newest first; of a release: all that was asked about its tree. */
export async function listQuestions(
  tx: Reader,
  project: ProjectId,
  { release, environment, state, limit = 50, after }: QuestionsQuery,
  now: Instant,
): Promise<PageOf<QuestionView>> {
  const filter: Filter = {
    ...(release !== undefined && {
      tree: (await releaseNamed(tx, project, release)).value.manifest.tree,
    }),
    ...(environment !== undefined && {
      environment: (await environmentNamed(tx, project, environment)).value.id,
    }),
    ...(state !== undefined && { phase: [state] }),
  };
  const page = { limit: Math.min(limit, 200), after };
  const found = await tx.list(project, 'question', filter, page);
  return { items: found.items.map(({ value }) => viewOf(value, now)), next: found.next };
}

const viewOf = (question: Question, now: Instant): QuestionView => ({
  id: question.id,
  gate: question.gate,
  environment: question.environmentName,
  release: { id: question.release, version: question.version },
  askedBy: question.askedBy,
  askedAt: question.askedAt,
  until: question.until,
  state: question.state.phase,
  says: standingText(question, now),
});
