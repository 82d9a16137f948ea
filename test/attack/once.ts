import { signIn } from '../api/stage.ts';
import { openQuestionOf, tokenOf } from './callers.ts';
import { sampleOf } from './examples.ts';
import { callSample } from './examples/sample.ts';
import type { Scene } from './scene.ts';
import type { Scenes } from './scenes.ts';
import type { Served } from './served.ts';
import { ada } from './world.ts';

/** One that a route is there for. */
export interface Operation {
  readonly id: string;
  readonly method: string;
}

type Headers = Readonly<Record<string, string>>;

const bySession = ({ stage: { api } }: Scene): Promise<Headers> => signIn(api);

/** How calls are proved that the token of a laptop does not open. */
const proofs: Readonly<Record<string, (scene: Scene) => Promise<Headers>>> = {
  // A page of its own asks, as the browser says.
  signIn: async ({ stage: { api } }) => ({ origin: api.address }),
  actAs: bySession,
  signOut: bySession,
  answerQuestion: async (scene) => ({
    authorization: `Bearer ${tokenOf(scene, await openQuestionOf(scene))}`,
  }),
};

/**
 * Makes such a call as it should be made, in a project of its own: where what is made up has another proof and is refused, or
 * where chance had not come to it when the time was over. Error, with the answer, when it does not go through.
 */
export async function callOnce(served: Served, scenes: Scenes, { id, method }: Operation): Promise<void> {
  const scene = await scenes.freshScene();
  const sample = await sampleOf(id, scene);
  const byToken: Headers = { authorization: `Bearer ${served.token}`, 'rung-act-as': ada };
  const headers = (await proofs[id]?.(scene)) ?? byToken;
  const answer = await callSample(served.api.address, scene.project, method, sample, headers);
  const said = await answer.text();
  if (!answer.ok) throw new Error(`${id} did not go through: ${answer.status} ${said}`);
}
