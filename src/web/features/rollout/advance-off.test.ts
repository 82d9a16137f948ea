import { expect, it } from 'vitest';
import { advanceOff } from './advance-off.ts';

const advance = { next: 'Promoting', roles: ['qa-lead', 'devops-lead'], off: null };

it('lets a held rollout be promoted by who could approve there, and says who that is to anybody else', () => {
  expect(advanceOff({ advance }, ['devops-lead'])).toBeNull();
  expect(advanceOff({ advance }, ['support'])).toBe('Ask somebody who is qa-lead or devops-lead');
  expect(advanceOff({ advance: { ...advance, off: 'Nobody judges.' } }, ['qa-lead'])).toBe('Nobody judges.');
  expect(advanceOff({ advance: null }, ['qa-lead'])).toBe('It is not held any more');
});
