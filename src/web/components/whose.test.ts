import { expect, it } from 'vitest';
import type { ViewerView } from '../api/views.ts';
import { offFor, type People } from './whose.ts';

const viewer = (changes: Partial<ViewerView> = {}): ViewerView => ({
  id: 'ada@example.org',
  roles: ['engineering-lead'],
  actingAs: null,
  mayActAs: [],
  ...changes,
});
const quality = (...members: readonly string[]): People => ({
  kind: 'people',
  roles: ['qa-lead'],
  members,
  contacts: [],
});

it('says who may to whoever may not, and nothing to whoever may', () => {
  expect(offFor(quality('dee@example.org'), viewer())).toBe('Not yours: ask Dee (qa lead)');
  expect(offFor(quality('dee@example.org'), viewer({ actingAs: 'dee@example.org' }))).toBeNull();
  expect(offFor(quality(), viewer())).toBe('Nobody has the role for it (qa lead)');
  expect(offFor(undefined, viewer({ roles: [] }))).toBe('You have no role here');
});
