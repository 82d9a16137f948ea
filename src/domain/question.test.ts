import { describe, expect, it } from 'vitest';
import { type EnvironmentId, type EnvironmentName, instant, type ProjectId, type ReleaseId } from './ids.ts';
import { callbackText, isOpenAt, openQuestion, questionIdOf, signedText } from './question.ts';

const environment = 'e1' as EnvironmentId;
const question = openQuestion(
  {
    project: 'p1' as ProjectId,
    gate: 'risk',
    tree: 'tree',
    environment,
    environmentName: 'prod' as EnvironmentName,
    release: 'r1' as ReleaseId,
    version: '1.0.0',
    url: 'https://risk.example.org',
    timeoutMs: 60_000,
    nonce: 'n1',
    askedBy: { kind: 'automation', rule: 'gates' },
  },
  instant(1_000),
);

describe('a question to a program of one’s own', () => {
  it('is one for each gate, environment and tree', () => {
    const ids = [
      questionIdOf('risk', environment, 'tree'),
      questionIdOf('cost', environment, 'tree'),
      questionIdOf('risk', 'e2' as EnvironmentId, 'tree'),
      questionIdOf('risk', environment, 'another'),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{64}$/u);
    expect(question.id).toBe(ids[0]);
  });

  it('is open until its time is up or it is answered, and has to be sent at once', () => {
    expect(question).toMatchObject({
      askedAt: 1_000,
      until: 61_000,
      state: { phase: 'open', tries: 0, sendAt: 1_000, trouble: null },
    });
    expect([1_000, 60_999, 61_000].map((at) => isOpenAt(question, instant(at)))).toEqual([true, true, false]);
    const failed = { phase: 'failed', code: 'no-answer', says: '', at: instant(2_000) } as const;
    expect(isOpenAt({ ...question, state: failed }, instant(2_000))).toBe(false);
  });

  it('is signed over texts that nobody can take for one another', () => {
    expect(signedText('1000', '{"a":1}')).toBe('rung-webhook-v1\n1000\n{"a":1}');
    expect(callbackText(question)).toBe(`rung-webhook-callback-v1\np1\n${question.id}\nn1`);
  });
});
