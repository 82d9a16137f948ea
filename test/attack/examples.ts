import { changeExamples } from './examples/change.ts';
import { lookExamples } from './examples/look.ts';
import { promoteExamples } from './examples/promote.ts';
import { signInExamples } from './examples/sign-in.ts';
import type { Example } from './examples/sample.ts';

/** A call of each route that goes through when somebody may make it. By operation, else by method and path. */
export const examples: Readonly<Record<string, Example>> = {
  ...lookExamples,
  ...signInExamples,
  ...promoteExamples,
  ...changeExamples,
};
