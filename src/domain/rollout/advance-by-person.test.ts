import { describe, expect, it } from 'vitest';
import { type AgentId, type EnvironmentName, instant } from '../ids.ts';
import type { ProjectFile } from '../project-file/types.ts';
import { advanceObstacle, rolesThatAdvance } from './advance-by-person.ts';
import { type AgentSeen, resumeObstacle } from './judge-back.ts';
import type { Rollout } from './types.ts';

const held = (percent: number, other: Partial<Rollout> = {}): Rollout =>
  ({
    id: 'one',
    generation: 3,
    state: { phase: 'held', percent, reason: { kind: 'judge lost' }, from: { phase: 'canary', step: 0 } },
    judgement: null,
    ...other,
  }) as Rollout;
const there: AgentSeen = {
  agent: 'a' as AgentId,
  environment: 'prod' as EnvironmentName,
  isSilent: false,
  heardAt: instant(Date.UTC(2026, 10, 3, 9, 30)),
  generation: 3,
  tookBack: false,
};
const codeFor = (...asked: Parameters<typeof advanceObstacle>): string | null =>
  advanceObstacle(...asked)?.code ?? null;

describe('promoting a held rollout with a reason', () => {
  it('can be done while somebody judges', () => {
    expect(codeFor(held(10), there)).toBeNull();
    expect(codeFor(held(0), there)).toBeNull();
  });

  it.each([
    ['is silent', { ...there, isSilent: true }],
    ['has not seen that the judge was lost', { ...there, generation: 2 }],
    ['knows nothing of the rollout', { ...there, generation: null }],
  ])('waits at 0 % for an agent that %s', (_, agent) => {
    expect(codeFor(held(0), agent)).toBe('judge-not-back');
    expect(codeFor(held(10), agent)).toBeNull();
  });

  it('never goes past a rule that takes back, of whomever', () => {
    const verdict = { action: 'take back', rule: 'contract', service: 'web', detail: '' };
    expect(codeFor(held(10, { judgement: { verdict } as Rollout['judgement'] }), there)).toBe(
      'rollout-condemned',
    );
    expect(codeFor(held(10), { ...there, tookBack: true })).toBe('rollout-condemned');
  });

  it('is nothing for what is not held', () => {
    expect(codeFor(held(10, { state: { phase: 'preflight' } as Rollout['state'] }), there)).toBe(
      'rollout-not-held',
    );
  });

  it('is for who approves for the environment, and for anybody with a role where nobody has to', () => {
    const file = {
      roles: { lead: {}, qa: {} },
      pipelines: {
        main: [{ environment: 'test' }, { environment: 'prod', approvals: { from: ['qa'] } }],
      },
    } as unknown as ProjectFile;
    expect(rolesThatAdvance(file, 'prod' as EnvironmentName)).toEqual(['qa']);
    expect(rolesThatAdvance(file, 'test' as EnvironmentName)).toEqual(['lead', 'qa']);
  });
});

describe('resuming a held rollout', () => {
  it('can be done while the agent is heard, and at 0 % once it knows that the judge was lost', () => {
    expect(resumeObstacle(held(10), { ...there, generation: null })).toBeNull();
    expect(resumeObstacle(held(0), there)).toBeNull();
  });

  it.each([
    ['is silent', 10, { isSilent: true }, 'is silent, and was last heard at 2026-11-03 09:30:00 UTC'],
    [
      'has not seen that the judge was lost',
      0,
      { generation: 2 },
      'has not answered since this rollout fell to 0 %, and was last heard at 2026-11-03 09:30:00 UTC',
    ],
    ['never called', 0, { isSilent: true, heardAt: null }, 'was never heard'],
  ])('waits for an agent that %s, and names it with its last word (REL-14)', (_, percent, agent, words) => {
    expect(resumeObstacle(held(percent), { ...there, ...agent })).toMatchObject({
      code: 'judge-not-back',
      message: `Nobody judges: the agent of prod ${words}.`,
    });
  });
});
