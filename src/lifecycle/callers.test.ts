import { describe, expect, it } from 'vitest';
import { asPerson, needMember } from './callers.ts';
import { ada, aProjectWith, eve, program } from './kept.kit.ts';
import type { Caller } from './face.ts';

describe('who calls', () => {
  it('answers for it as a person, and for nothing as a program', () => {
    expect(asPerson(eve, 'approve')).toBe(eve.actor);
    expect(() => asPerson(program('ci'), 'approve')).toThrow(
      expect.objectContaining({ kind: 'denied', code: 'person-needed' }),
    );
  });

  it.each<[string, Caller, boolean]>([
    ['a member', ada, true],
    ['a program that was let in', program('ci'), true],
    ['a person without a role', eve, false],
  ])('may have a say as %s: %s', async (_, caller, isLet) => {
    const { store, project } = await aProjectWith();
    const asked = store.read((tx) => needMember(tx, project, caller));
    if (isLet) await expect(asked).resolves.toBeUndefined();
    else await expect(asked).rejects.toMatchObject({ kind: 'denied', code: 'role-unknown' });
  });
});
