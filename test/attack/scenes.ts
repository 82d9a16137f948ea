import type { Served } from './served.ts';
import { openScene, type ServedScene } from './served-scene.ts';

/** How many are kept going at most. */
const most = 8;

/** What a call uses up of a scene, so that it does not go through there again. */
const uses: Readonly<Record<string, string>> = {
  rollBack: 'live',
  pauseRollout: 'live',
  resumeRollout: 'live',
  advanceRollout: 'live',
  abortRollout: 'live',
  liftMark: 'live',
  requestPromotion: 'waiting',
  approvePromotion: 'waiting',
  rejectPromotion: 'waiting',
  withdrawPromotion: 'waiting',
  remindApprovers: 'waiting',
  createRelease: 'branch',
  claimBuild: 'branch',
  failBuild: 'branch',
  approveRules: 'rules',
  rejectRules: 'rules',
  replaceAgentKey: 'keys',
  revokeAgentKey: 'keys',
  getChangeRequest: 'change',
  createChangeRequest: 'change',
  editChangeRequest: 'change',
  approveChangeRequest: 'change',
  rejectChangeRequest: 'change',
  noteOnChangeRequest: 'change',
  askGate: 'question',
  answerQuestion: 'question',
};

/** Scenes on one control plane; another is made when what a call needs was used up in all. */
export interface Scenes extends Disposable {
  sceneFor(operation: string): Promise<ServedScene>;
  /** One that nobody has done anything to. */
  freshScene(): Promise<ServedScene>;
}

interface Kept {
  readonly scene: ServedScene;
  readonly used: Set<string>;
}

export function openScenes(served: Served): Scenes {
  const kept: Kept[] = [];
  let made = 0;
  const another = async (): Promise<Kept> => {
    made += 1;
    const scene = await openScene(served, made === 1 ? 'access' : `access-${made}`);
    const one = { scene, used: new Set<string>() };
    kept.push(one);
    if (kept.length > most) kept.shift()?.scene.stop();
    return one;
  };
  return {
    sceneFor: async (operation) => {
      const use = uses[operation];
      const found = kept.findLast(({ used }) => use === undefined || !used.has(use)) ?? (await another());
      if (use !== undefined) found.used.add(use);
      return found.scene;
    },
    freshScene: async () => (await another()).scene,
    [Symbol.dispose]: () => {
      for (const { scene } of kept) scene.stop();
    },
  };
}
