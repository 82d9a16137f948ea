import { describe, expect, it } from 'vitest';
import { gatesText, gateTitle, offForWaiving } from './gate-words.ts';

describe('the words of a gate', () => {
  it('counts the gates that are open, and says how many only by a waiver', () => {
    expect(gatesText([{ state: 'passed' }, { state: 'waived' }, { state: 'failed' }])).toBe(
      '2 of 3 gates open, 1 waived',
    );
    expect(gatesText([{ state: 'missing' }])).toBe('0 of 1 gate open');
  });

  it('is called by its own name beside what it is', () => {
    expect(gateTitle({ kind: 'checklist', gate: 'go-live' })).toBe('Checklist go-live');
    expect(gateTitle({ kind: 'scan', gate: 'scan' })).toBe('Security scan');
  });

  it('says who may waive a gate, or that nobody may', () => {
    const viewer = { id: 'ada@example.org', roles: ['engineering-lead'], actingAs: null, mayActAs: [] };
    const waivers = {
      kind: 'people',
      roles: ['qa-lead'],
      members: ['dee@example.org'],
      contacts: [],
    } as const;
    expect(offForWaiving({ waivers }, viewer)).toBe('Not yours: ask Dee (qa lead)');
    expect(offForWaiving({ waivers }, { ...viewer, actingAs: 'dee@example.org' })).toBeNull();
    expect(offForWaiving({}, viewer)).toBe('Nobody may waive a gate here');
  });
});
