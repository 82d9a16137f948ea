import { Failure, type FailureKind, failureKinds, type Problem } from '../domain/failure.ts';

interface ProblemAnswer {
  readonly detail?: unknown;
  readonly kind?: unknown;
  readonly code?: unknown;
  readonly wayOut?: unknown;
  readonly problems?: unknown;
  readonly facts?: unknown;
}

/** The failure that an answer tells of. Of what is not Rung's own answer (a proxy's page) only the status is said. */
export async function failureOfAnswer(response: Response): Promise<Failure> {
  const problem = await readProblem(response);
  if (problem === null || typeof problem.code !== 'string' || typeof problem.detail !== 'string')
    return foreignAnswer(response.status);
  return new Failure(kindOf(problem.kind), problem.code, problem.detail, {
    ...(typeof problem.wayOut === 'string' ? { wayOut: problem.wayOut } : {}),
    ...(Array.isArray(problem.problems) ? { problems: problem.problems as readonly Problem[] } : {}),
    ...(isRecord(problem.facts) ? { facts: problem.facts } : {}),
  });
}

export const foreignAnswer = (status: number): Failure =>
  new Failure(
    status >= 500 ? 'unavailable' : 'invalid',
    'answer-foreign',
    `What answered (${status}) is not Rung.`,
    { wayOut: 'Check the address, and what stands between here and Rung.', facts: { status } },
  );

async function readProblem(response: Response): Promise<ProblemAnswer | null> {
  if (response.headers.get('content-type')?.startsWith('application/problem+json') !== true) return null;
  try {
    const problem: unknown = await response.json();
    return isRecord(problem) ? problem : null;
  } catch {
    return null;
  }
}

const kindOf = (kind: unknown): FailureKind => failureKinds.find((one) => one === kind) ?? 'defect';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isAbort = (thrown: unknown): boolean =>
  typeof thrown === 'object' && thrown !== null && 'name' in thrown && thrown.name === 'AbortError';
