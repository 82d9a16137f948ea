import { digestOf } from '../../src/domain/canonical.ts';
import { later } from '../../src/domain/ids.ts';
import type { ControlPlane } from '../../src/lifecycle/face.ts';
import { minuteMs } from './ladder.kit.ts';
import { ada, asAda, bo, guardedYaml, noId, token, type Try } from './side-doors.kit.ts';

const form = {
  reference: null,
  type: 'normal',
  risk: 'low',
  rollbackMinutes: 5,
  testing: 'x',
  communication: 'x',
  description: 'x',
} as const;

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

const weaker = guardedYaml.replace('count: 2', 'count: 1');
const newKey = Buffer.alloc(32, 1).toString('base64url');

/**
 * Every use case there is, as far as one person who may everything can take it. `asks`: it only reads, in a transaction
 * that cannot write, or hands on what others did. A use case that is not here does not compile.
 */
export const useCases: { readonly [K in keyof ControlPlane]: Try | 'asks' } = {
  projects: 'asks',
  project: 'asks',
  rules: 'asks',
  board: 'asks',
  environments: 'asks',
  environment: 'asks',
  releases: 'asks',
  release: 'asks',
  promotions: 'asks',
  promotion: 'asks',
  rollout: 'asks',
  recording: 'asks',
  why: 'asks',
  calendar: 'asks',
  wantedBuilds: 'asks',
  log: 'asks',
  eventsAfter: 'asks',
  eventView: 'asks',
  onNews: 'asks',
  auditHeader: 'asks',
  tokens: 'asks',
  callerOfToken: 'asks',
  changeRequest: 'asks',
  changeRequests: 'asks',
  questions: 'asks',
  evidence: 'asks',
  evidenceFile: 'asks',
  waivers: 'asks',
  alarms: 'asks',
  rulesInForce: 'asks',
  compareRules: 'asks',
  delegations: 'asks',

  requestPromotion: {
    comes: 'promotion-exists',
    go: (plane) =>
      plane.control.requestPromotion(plane.project, { release: plane.wanted, to: 'prod' }, token),
  },
  requestRollback: {
    comes: 'promotion-refused',
    go: (plane) =>
      plane.control.requestRollback(
        plane.project,
        { environment: 'prod', to: plane.wanted, reason: 'x' },
        asAda(plane),
      ),
  },
  approve: {
    comes: 'done',
    go: (plane) =>
      plane.control.approve(
        plane.project,
        plane.waiting.id,
        { planHash: plane.waiting.plan.hash },
        asAda(plane),
      ),
  },
  waive: {
    comes: 'done',
    go: (plane) =>
      plane.control.waive(
        plane.project,
        { release: plane.wanted, to: 'prod', gate: 'bugs', reason: 'x' },
        asAda(plane),
      ),
  },
  makeException: {
    comes: 'done',
    go: (plane) =>
      plane.control.makeException(
        plane.project,
        { environment: 'prod', to: later(plane.clock.now(), 60 * minuteMs), reason: 'x' },
        asAda(plane),
      ),
  },
  revokeException: {
    comes: 'exception-unknown',
    go: (plane) => plane.control.revokeException(plane.project, noId, { reason: 'x' }, asAda(plane)),
  },
  validate: { comes: 'done', go: (plane) => plane.control.validate(plane.project, 'prod', {}, asAda(plane)) },
  pause: {
    comes: 'rollout-not-pausable',
    go: (plane) => plane.control.pause(plane.project, plane.ended, { note: 'x' }, asAda(plane)),
  },
  resume: {
    comes: 'rollout-not-held',
    go: (plane) => plane.control.resume(plane.project, plane.ended, { note: 'x' }, asAda(plane)),
  },
  advance: {
    comes: 'rollout-not-held',
    go: (plane) => plane.control.advance(plane.project, plane.ended, { reason: 'x' }, asAda(plane)),
  },
  abort: {
    comes: 'rollout-not-live',
    go: (plane) => plane.control.abort(plane.project, plane.ended, { reason: 'x' }, asAda(plane)),
  },
  liftMark: {
    comes: 'release-unmarked',
    go: (plane) => plane.control.liftMark(plane.project, plane.wanted, { reason: 'x' }, asAda(plane)),
  },
  claimBuild: {
    comes: 'build-unknown',
    go: (plane) => plane.control.claimBuild(plane.project, 'a'.repeat(40), token),
  },
  failBuild: {
    comes: 'build-unknown',
    go: (plane) => plane.control.failBuild(plane.project, 'a'.repeat(40), 'x', token),
  },
  putArtifact: {
    comes: 'done',
    go: (plane) => plane.control.putArtifact(plane.project, digestOf('web'), bytesOf('web'), token),
  },
  createRelease: { comes: 'done', go: (plane) => plane.release('fix: another', { web: 'web 3' }, 'main') },
  branchesMoved: {
    comes: 'done',
    go: (plane) =>
      plane.control.branchesMoved(plane.project, [
        { ref: 'main', commit: 'b'.repeat(40), tree: 'b'.repeat(40) },
      ]),
  },
  addEvidence: {
    comes: 'evidence-format-unknown',
    go: (plane) =>
      plane.control.addEvidence(plane.project, { release: plane.wanted, fileName: 'x' }, bytesOf('x'), token),
  },
  sayEvidence: {
    comes: 'done',
    go: (plane) =>
      plane.control.sayEvidence(
        plane.project,
        { release: plane.wanted, facts: { kind: 'count', count: 0, tracker: 'x', link: null } },
        token,
      ),
  },
  readRollbackPlan: {
    comes: 'rollback-plan-missing',
    go: (plane) =>
      plane.control.readRollbackPlan(plane.project, { release: plane.wanted, plan: noId }, asAda(plane)),
  },
  postAlarm: {
    comes: 'done',
    go: (plane) => plane.control.postAlarm(plane.project, 'prod', { name: 'x', state: 'resolved' }, token),
  },
  createChangeRequest: {
    comes: 'done',
    go: (plane) => {
      const from = plane.clock.now();
      const ask = {
        ...form,
        window: { from, to: later(from, 60 * minuteMs) },
        release: plane.wanted,
        to: 'prod',
      };
      return plane.control.createChangeRequest(plane.project, ask, asAda(plane));
    },
  },
  editChangeRequest: {
    comes: 'change-request-unknown',
    go: (plane) =>
      plane.control.editChangeRequest(plane.project, 'CR-9', { seen: digestOf('x') }, asAda(plane)),
  },
  approveChangeRequest: {
    comes: 'change-request-unknown',
    go: (plane) =>
      plane.control.approveChangeRequest(plane.project, 'CR-9', { seen: digestOf('x') }, asAda(plane)),
  },
  rejectChangeRequest: {
    comes: 'change-request-unknown',
    go: (plane) => plane.control.rejectChangeRequest(plane.project, 'CR-9', { reason: 'x' }, asAda(plane)),
  },
  noteOnChangeRequest: {
    comes: 'change-request-unknown',
    go: (plane) => plane.control.noteOnChangeRequest(plane.project, 'CR-9', { note: 'x' }, asAda(plane)),
  },
  askGate: {
    comes: 'gate-not-asked',
    go: (plane) =>
      plane.control.askGate(plane.project, { release: plane.wanted, to: 'prod', gate: 'x' }, asAda(plane)),
  },
  answerQuestion: {
    comes: 'callback-refused',
    go: (plane) =>
      plane.control.answerQuestion(plane.project, noId, {
        token: 'x',
        verdict: 'pass',
        reason: '',
        url: '',
      } as never),
  },
  applyRules: {
    comes: 'done',
    go: (plane) => plane.control.applyRules(plane.project, { text: weaker }, asAda(plane)),
  },
  approveRules: {
    comes: 'approval-by-requester',
    go: async (plane) => {
      await plane.control.applyRules(plane.project, { text: weaker }, asAda(plane));
      const { proposal } = await plane.control.rulesInForce(plane.project, 'prod');
      return plane.control.approveRules(plane.project, 'prod', { hash: proposal?.hash ?? '' }, asAda(plane));
    },
  },
  rejectRules: {
    comes: 'rules-not-waiting',
    go: (plane) => plane.control.rejectRules(plane.project, 'prod', { reason: 'x' }, asAda(plane)),
  },
  delegate: {
    comes: 'done',
    go: (plane) =>
      plane.control.delegate(
        plane.project,
        { to: bo, until: later(plane.clock.now(), 60 * minuteMs), reason: 'x' },
        asAda(plane),
      ),
  },
  revokeDelegation: {
    comes: 'delegation-unknown',
    go: (plane) => plane.control.revokeDelegation(plane.project, noId, { reason: 'x' }, asAda(plane)),
  },
  remind: { comes: 'done', go: (plane) => plane.control.remind(plane.project, plane.waiting.id, token) },
  reject: {
    comes: 'done',
    go: (plane) => plane.control.reject(plane.project, plane.waiting.id, { reason: 'x' }, asAda(plane)),
  },
  withdraw: {
    comes: 'done',
    go: (plane) => plane.control.withdraw(plane.project, plane.waiting.id, token),
  },
  createToken: {
    comes: 'done',
    go: (plane) =>
      plane.control.createToken(
        plane.project,
        { name: 'x', scopes: ['promote'], expiresInMs: 60_000 },
        asAda(plane),
      ),
  },
  revokeToken: {
    comes: 'token-absent',
    go: (plane) => plane.control.revokeToken(plane.project, noId, asAda(plane)),
  },
  sessionOpened: {
    comes: 'done',
    go: (plane) => plane.control.sessionOpened(plane.project, ada as never, bo as never),
  },
  replaceAgentKey: {
    comes: 'done',
    go: (plane) =>
      plane.control.replaceAgentKey(
        plane.project,
        'prod',
        { signing: newKey, sealing: newKey },
        asAda(plane),
      ),
  },
  revokeAgentKey: {
    comes: 'agent-key-unknown',
    go: (plane) => plane.control.revokeAgentKey(plane.project, 'prod', 'x', asAda(plane)),
  },
};
