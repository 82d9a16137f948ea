import { signIn } from '../api/stage.ts';
import { openQuestionOf, tokenOf } from './callers.ts';
import { examples } from './examples.ts';
import { pathOf } from './examples/sample.ts';
import type { Scene } from './scene.ts';
import type { Scenes } from './scenes.ts';

type Headers = Readonly<Record<string, string>>;

const bySession = ({ stage: { api } }: Scene): Promise<Headers> => signIn(api);

/** How calls are proved that the token of a laptop does not open. */
const proofs: Readonly<Record<string, (scene: Scene) => Promise<Headers>>> = {
  actAs: bySession,
  signOut: bySession,
  answerQuestion: async (scene) => ({
    authorization: `Bearer ${tokenOf(scene, await openQuestionOf(scene))}`,
  }),
};

/** Makes these calls as they should be made, once: what is made up about them has another proof, and is refused. */
export async function callProvedOtherwise(scenes: Scenes): Promise<void> {
  for (const [operation, proof] of Object.entries(proofs)) {
    const scene = await scenes.freshScene();
    const sample = await examples[operation]?.(scene);
    if (sample === undefined) throw new Error(`there is no example of ${operation}`);
    const sent = sample.body === undefined ? {} : { body: JSON.stringify(sample.body) };
    const type = sample.body === undefined ? {} : { 'content-type': 'application/json' };
    const headers = { ...(await proof(scene)), ...type };
    await fetch(`${scene.stage.api.address}${pathOf(sample, scene.project)}`, {
      method: 'POST',
      headers,
      ...sent,
    });
  }
}
