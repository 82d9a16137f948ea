import type { Invariant } from './invariant.ts';

export const ofAccess: readonly Invariant[] = [
  {
    id: 'revoked-key-opens-nothing',
    sentence: 'An agent whose key was revoked or replaced is let in no more, at whichever replica.',
    begin: () => ({}),
  },
  {
    id: 'revoked-token-opens-nothing',
    sentence: 'A token that was revoked opens nothing any more, at whichever replica.',
    begin: () => ({}),
  },
];
