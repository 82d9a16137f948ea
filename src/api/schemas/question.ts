import { type Static, Type } from 'typebox';
import { type QuestionId, questionPhases } from '../../domain/question.ts';
import type { QuestionView } from '../../lifecycle/question-face.ts';
import { actor } from './actor.ts';
import { releaseRef } from './release.ts';
import type { Same } from './same.ts';
import { environmentName, instantMs, oneOf, ref, text } from './shapes.ts';

export const questionPhase = oneOf(questionPhases);

export const question = Type.Object(
  {
    id: Type.Unsafe<QuestionId>({ type: 'string', pattern: '^[0-9a-f]{64}$' }),
    gate: text,
    environment: environmentName,
    release: releaseRef,
    askedBy: ref(actor),
    askedAt: instantMs,
    until: instantMs,
    state: questionPhase,
    says: text,
  },
  {
    $id: 'Question',
    description: 'What a program of the team’s own was asked about a release, and what it said',
  },
);
true satisfies Same<Static<typeof question>, QuestionView>;
