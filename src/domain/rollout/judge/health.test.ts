import { describe, expect, it } from 'vitest';
import { type JudgeState, judge } from './index.ts';
import { after, canary, counts, promoting, watching, web, well } from './judging.kit.ts';

const verdict = (state: JudgeState) => judge(state, state.foldedMs).verdict;
const closeness = (state: JudgeState) =>
  judge(state, state.foldedMs).closeness.find(({ rule }) => rule === 'health');
const sick = (more: Partial<typeof well>) => ({ health: { ...well, healthy: 3, ...more } });

describe('health (R3)', () => {
  it.each([
    ['a process that ended', { exits: 1 }, 'the new version is unhealthy: 1 process ended'],
    ['a refused connection', { refused: 2 }, 'the new version is unhealthy: 2 connections refused'],
    [
      'a failed health check',
      { failedProbes: 1 },
      'the new version is unhealthy: a health check failed twice in a row',
    ],
  ])('takes back a canary at once for %s (REL-9)', (_, failure, detail) => {
    for (const step of [canary, promoting])
      expect(verdict(after(step, sick(failure)))).toEqual({
        action: 'take back',
        rule: 'health',
        service: web,
        detail,
      });
  });

  it('does not blame a canary for instances that are merely gone: an eviction is not its doing', () => {
    expect(verdict(after(canary, sick({ healthy: 2 }), 3)).action).toBe('continue');
  });

  it('speaks before any other rule, even where nothing can be measured', () => {
    const state = after(canary, { candidate: counts(25, 25), ...sick({ exits: 1 }) }, 30);
    expect(verdict(state)).toHaveProperty('rule', 'health');
    expect(verdict(after(canary, { candidate: null, ...sick({ exits: 1 }) })).action).toBe('take back');
  });

  it('lets one failure pass while watching, and takes back at the second within ten minutes (REL-11)', () => {
    const once = after(watching, sick({ exits: 1 }));
    expect(verdict(once).action).toBe('continue');
    expect(closeness(once)?.share).toBe(0.5);
    expect(closeness(once)?.detail).toContain('3 of 4 instances answer; failed once in the last 10 minutes');
    const twice = after(after(once, {}, 119), sick({ exits: 1 }));
    expect(verdict(twice)).toHaveProperty('detail', 'a second failure within 10 minutes: 1 process ended');
    expect(verdict(after(twice, {}, 500)).action).toBe('take back');
  });

  it('forgets a failure after ten minutes of watching', () => {
    const later = after(after(after(watching, sick({ exits: 1 })), {}, 120), sick({ exits: 1 }));
    expect(verdict(later).action).toBe('continue');
  });

  it('counts two processes that ended in one sample as two', () => {
    expect(verdict(after(watching, sick({ exits: 2 }))).action).toBe('take back');
  });

  it('takes refused connections right after a failure for the same one, while it restarts', () => {
    const echo = after(after(watching, sick({ exits: 1, refused: 7 })), sick({ refused: 4 }));
    expect(verdict(echo).action).toBe('continue');
    expect(verdict(after(after(echo, {}, 2), sick({ refused: 1 }))).action).toBe('take back');
  });

  it('takes back a watched release of which no instance is healthy', () => {
    const none = after(watching, sick({ healthy: 0 }));
    expect(verdict(none)).toHaveProperty('detail', 'none of 4 instances answered');
    expect(verdict(after(none, {})).action).toBe('take back');
  });

  it('says how many answer', () => {
    expect(closeness(after(canary, {}))).toEqual({
      rule: 'health',
      service: web,
      share: 0,
      detail: '4 of 4 instances answer',
    });
    expect(closeness(after(canary, { health: { ...well, wanted: 1, healthy: 1 } }))?.detail).toBe(
      '1 of 1 instance answers',
    );
  });
});
