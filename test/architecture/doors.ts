import type { ControlPlane } from '../../src/lifecycle/face.ts';

/**
 * Every place that can change what an environment runs, and why it is no side door. What is not named here fails the
 * test: whoever adds a way in says here how it asks admission, or why it only goes back.
 */
export interface Door {
  readonly file: string;
  readonly why: string;
}

/** Who may write what is being put into an environment. */
export const writers: Readonly<Record<'rollout' | 'promotion' | 'environment', readonly Door[]>> = {
  rollout: [
    { file: 'src/lifecycle/promote/commit-start.ts', why: 'starts what admission let through' },
    {
      file: 'src/lifecycle/deliver/reconcile-rollout.ts',
      why: 'goes on with what was started, or takes it back',
    },
  ],
  promotion: [
    { file: 'src/lifecycle/promote/request.ts', why: 'waits, or gives way while it waits' },
    { file: 'src/lifecycle/promote/take-over.ts', why: 'becomes the ask of a person; waits as before' },
    { file: 'src/lifecycle/promote/people.ts', why: 'adds an approval' },
    { file: 'src/lifecycle/promote/emergency.ts', why: 'adds the second person' },
    { file: 'src/lifecycle/promote/rounds.ts', why: 'marks or puts aside approvals that are void' },
    { file: 'src/lifecycle/promote/end.ts', why: 'ends it' },
    { file: 'src/lifecycle/promote/commit-start.ts', why: 'starts what admission let through' },
    { file: 'src/lifecycle/deliver/reconcile-rollout.ts', why: 'follows its rollout' },
  ],
  environment: [
    { file: 'src/lifecycle/promote/commit-start.ts', why: 'starts what admission let through' },
    { file: 'src/lifecycle/deliver/reconcile-rollout.ts', why: 'follows its rollout' },
    { file: 'src/lifecycle/declare/accept-rules.ts', why: 'changes its rules, never what it runs' },
    { file: 'src/lifecycle/verify/validate.ts', why: 'adds a word about what it runs' },
    { file: 'src/lifecycle/operate/restored.ts', why: 'marks it as restored, until its agent speaks' },
    {
      file: 'src/lifecycle/deliver/confirm-restored.ts',
      why: 'what an agent holds after a restore, which was let through before the backup was set back',
    },
    { file: 'src/simulate/stage.ts', why: 'sets up a world in memory, which runs nothing real' },
  ],
};

/** What leads to a change of what serves, and the only files that may call it. */
export const steps: Readonly<Record<string, readonly Door[]>> = {
  startPromotion: [
    { file: 'src/lifecycle/promote/reconcile-promotion.ts', why: 'asks admission right before' },
  ],
  rolloutOf: [{ file: 'src/lifecycle/promote/commit-start.ts', why: 'part of starting' }],
  settled: [
    { file: 'src/lifecycle/promote/commit-start.ts', why: 'the same artifacts serve already' },
    { file: 'src/lifecycle/deliver/consequences.ts', why: 'its rollout is through' },
    {
      file: 'src/lifecycle/promote/giving-way.ts',
      why: 'foresees, for a plan, what serves then; writes nothing',
    },
    { file: 'src/simulate/stage.ts', why: 'sets up a world in memory, which runs nothing real' },
  ],
  withStable: [
    { file: 'src/domain/settle.ts', why: 'part of settling' },
    {
      file: 'src/lifecycle/deliver/consequences.ts',
      why: 'all at once: its rollout switches, or switches back',
    },
    {
      file: 'src/lifecycle/deliver/confirm-restored.ts',
      why: 'what an agent holds after a restore, which was let through before the backup was set back',
    },
  ],
  commitRollout: [
    { file: 'src/lifecycle/deliver/reconcile-rollout.ts', why: 'what the rules of its rollout decide' },
    {
      file: 'src/lifecycle/deliver/rollout-commands.ts',
      why: 'what a person does to a rollout that was started',
    },
    {
      file: 'src/lifecycle/deliver/confirm-restored.ts',
      why: 'ends what ended after the backup was taken',
    },
  ],
  acceptRules: [
    { file: 'src/lifecycle/declare/accept.ts', why: 'a new environment, which runs nothing' },
    { file: 'src/lifecycle/declare/propose.ts', why: 'weakens nothing that is protected' },
    { file: 'src/lifecycle/declare/rules-commands.ts', why: 'its approvers agreed' },
  ],
};

/** What each route that changes something asks the control plane for; `none`: only who is signed in changes. */
export const routes: Readonly<Record<string, keyof ControlPlane | 'none'>> = {
  signIn: 'none',
  createSignInLink: 'none',
  actAs: 'none',
  signOut: 'none',
  validateEnvironment: 'validate',
  rollBack: 'requestRollback',
  createRelease: 'createRelease',
  liftMark: 'liftMark',
  requestPromotion: 'requestPromotion',
  approvePromotion: 'approve',
  rejectPromotion: 'reject',
  withdrawPromotion: 'withdraw',
  pauseRollout: 'pause',
  resumeRollout: 'resume',
  advanceRollout: 'advance',
  abortRollout: 'abort',
  makeException: 'makeException',
  revokeException: 'revokeException',
  claimBuild: 'claimBuild',
  failBuild: 'failBuild',
  putArtifact: 'putArtifact',
  addEvidence: 'addEvidence',
  sayEvidence: 'sayEvidence',
  readRollbackPlan: 'readRollbackPlan',
  waiveGate: 'waive',
  postAlarm: 'postAlarm',
  createChangeRequest: 'createChangeRequest',
  editChangeRequest: 'editChangeRequest',
  approveChangeRequest: 'approveChangeRequest',
  rejectChangeRequest: 'rejectChangeRequest',
  noteOnChangeRequest: 'noteOnChangeRequest',
  askGate: 'askGate',
  answerQuestion: 'answerQuestion',
  compareRules: 'compareRules',
  applyRules: 'applyRules',
  approveRules: 'approveRules',
  rejectRules: 'rejectRules',
  delegate: 'delegate',
  revokeDelegation: 'revokeDelegation',
  remindApprovers: 'remind',
  createToken: 'createToken',
  revokeToken: 'revokeToken',
  replaceAgentKey: 'replaceAgentKey',
  revokeAgentKey: 'revokeAgentKey',
};
