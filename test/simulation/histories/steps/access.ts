import {
  failBuild,
  makeToken,
  replaceKey,
  revokeKey,
  revokeToken,
  signIn,
  useToken,
} from '../people/access.ts';
import type { KindOfStep } from './step.ts';

/** Who is let in: tokens, sessions and keys; and builds that fail. */
export const accessSteps: readonly KindOfStep[] = [
  { name: 'make a token', weight: 0.6, run: makeToken },
  { name: 'use a token', weight: 1, run: useToken },
  { name: 'revoke a token', weight: 0.7, run: revokeToken },
  { name: 'sign in', weight: 0.3, run: signIn },
  { name: 'fail a build', weight: 0.5, run: failBuild },
  { name: 'replace a key', weight: 0.3, run: replaceKey },
  { name: 'revoke a key', weight: 0.1, run: revokeKey },
];
