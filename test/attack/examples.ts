import { changeExamples } from './examples/change.ts';
import { lookExamples } from './examples/look.ts';
import { promoteExamples } from './examples/promote.ts';
import { signInExamples } from './examples/sign-in.ts';
import type { Example, Sample } from './examples/sample.ts';
import type { Scene } from './scene.ts';

/** A call of each route that goes through when somebody may make it. By operation, else by method and path. */
export const examples: Readonly<Record<string, Example>> = {
  ...lookExamples,
  ...signInExamples,
  ...promoteExamples,
  ...changeExamples,
};

/** The example, in a project in the middle of things. Error where there is none. */
export async function sampleOf(operation: string, scene: Scene): Promise<Sample> {
  const sample = await examples[operation]?.(scene);
  if (sample === undefined) throw new Error(`there is no example of ${operation}`);
  return sample;
}
