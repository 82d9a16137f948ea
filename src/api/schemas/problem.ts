import { Type } from 'typebox';
import { failureKinds } from '../../domain/failure.ts';
import { facts, listOf, oneOf, ref, text } from './shapes.ts';

export const inputProblem = Type.Object(
  {
    message: text,
    instead: Type.Optional(text),
    pointer: Type.Optional(text),
    place: Type.Optional(Type.Object({ file: text, line: Type.Integer(), column: Type.Integer() })),
  },
  { $id: 'InputProblem', description: 'One thing that is wrong with an input, and what to write instead' },
);

export const problem = Type.Object(
  {
    type: Type.String({ description: '`urn:rung:failure:` and the code' }),
    title: text,
    status: Type.Integer(),
    detail: text,
    kind: oneOf(failureKinds),
    code: text,
    wayOut: Type.Optional(text),
    problems: Type.Optional(listOf(ref(inputProblem))),
    facts: Type.Optional(facts),
  },
  { $id: 'Problem', description: 'What went wrong and what to do next (RFC 9457)' },
);
