import { expect, it } from 'vitest';
import type { ViewerView } from '../api/views.ts';
import { isBehind, offFor, type People } from './whose.ts';

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

it('knows one human being behind all whom they act as', () => {
  const asBo = viewer({ actingAs: 'bo@example.org' });
  expect(isBehind({ kind: 'person', id: 'ada@example.org' }, asBo)).toBe(true);
  expect(isBehind({ kind: 'person', id: 'cy@example.org', actingFrom: 'ada@example.org' }, asBo)).toBe(true);
  expect(isBehind({ kind: 'person', id: 'cy@example.org' }, asBo)).toBe(false);
  expect(isBehind({ kind: 'automation', rule: 'merge into main' }, asBo)).toBe(false);
});
