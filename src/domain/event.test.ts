import { describe, expect, it } from 'vitest';
import { eventKinds, isTold, toldKinds } from './event.ts';

describe('the kinds of events', () => {
  it('are all told to people unasked, but for what is for agents alone', () => {
    expect(eventKinds.filter((kind) => !toldKinds.includes(kind))).toEqual(['desired.changed']);
    expect(toldKinds.every(isTold)).toBe(true);
  });
});
