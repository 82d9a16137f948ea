import type { AskDelegation } from '../../src/lifecycle/face.ts';
import type { DelegationView, News, RungClient } from '../../src/cli/rung-client.ts';
import { Failure } from '../../src/domain/failure.ts';
import type { ActorId, EnvironmentName, ReleaseId } from '../../src/domain/ids.ts';
import type { QuestionId } from '../../src/domain/question.ts';
import {
  before,
  board,
  changeRequest,
  calendar,
  environment,
  event,
  evidence,
  minute,
  now,
  promotion,
  releaseView,
  rollout,
  rules,
} from './sample.ts';
import { recording } from './sample-recording.ts';

const delegation = (ask: Partial<DelegationView> | AskDelegation = {}): DelegationView =>
  ({
    id: 'delegation-1',
    by: 'ada@example.org',
    to: 'bo@example.org',
    roles: ['engineering-lead'],
    at: now,
    until: now,
    reason: 'on holiday',
    revoked: null,
    ...ask,
  }) as DelegationView;

/** What a command asked of the control plane. */
export type Asked = readonly [verb: string, ...given: unknown[]];

/** A control plane that answers with the samples and remembers what was asked of it. */
export function sampleClient(
  more: Partial<RungClient> = {},
  news: readonly News[] = [],
): RungClient & { readonly asked: Asked[] } {
  const asked: Asked[] = [];
  const answers: RungClient = {
    url: 'http://127.0.0.1:1',
    project: 'access',
    board: async () => board(),
    signInLink: async () => ({ url: 'http://127.0.0.1:1/sign-in#code', expiresAt: now }),
    environments: async () => board().environments,
    environment: async (name) => {
      const found = board().environments.find((one) => one.name === name);
      if (found === undefined)
        throw new Failure('absent', 'environment-unknown', `There is no environment ${name}.`);
      return found;
    },
    releases: async () => ({ items: [releaseView()], next: null }),
    release: async () => releaseView(),
    why: async () => ({
      ...promotion(),
      promotion: null,
      changeRequest: null,
    }),
    liftMark: async () => releaseView(),
    promotions: async () => ({ items: [promotion()], next: null }),
    promotion: async () => promotion(),
    promote: async () => promotion(),
    rollBack: async () => promotion({ kind: 'rollback' }),
    approve: async () => promotion(),
    reject: async () => promotion(),
    withdraw: async () => promotion(),
    validate: async (name) => environment(name),
    rollout: async () => rollout(),
    recording: async () => recording(),
    pause: async () => rollout(),
    resume: async () => rollout(),
    advance: async () => rollout(),
    abort: async () => rollout(),
    log: async () => ({ items: [event(2), event(1)], next: null }),
    follow: async function* () {
      yield* news;
    },
    auditExport: async function* () {
      yield new TextEncoder().encode('{"rungAudit":1}\n');
    },
    evidence: async () => ({ items: [evidence()], next: null }),
    addEvidence: async () => evidence(),
    sayEvidence: async () => evidence(),
    readRollbackPlan: async () => evidence(),
    waivers: async () => [],
    changeRequests: async () => ({ items: [changeRequest()], next: null }),
    changeRequest: async () => changeRequest(),
    createChangeRequest: async () => changeRequest(),
    editChangeRequest: async () => changeRequest(),
    approveChangeRequest: async () => changeRequest({ state: { phase: 'approved', at: now } }),
    rejectChangeRequest: async () => changeRequest(),
    noteOnChangeRequest: async () => changeRequest(),
    evidenceFile: async function* () {
      yield new TextEncoder().encode('<testsuites/>');
    },
    questions: async () => ({
      items: [
        {
          id: 'f'.repeat(64) as QuestionId,
          gate: 'licences',
          environment: 'prod' as EnvironmentName,
          release: { id: 'release' as ReleaseId, version: '1.2.0' },
          askedBy: { kind: 'person', id: 'ada@example.org' as ActorId },
          askedAt: before(3 * minute),
          until: before(-minute),
          state: 'open',
          says: 'licences was asked and has not answered yet.',
        },
      ],
      next: null,
    }),
    askGate: async () => ({ ...promotion(), promotion: null, changeRequest: null }),
    waive: async () => ({ ...promotion(), promotion: null, changeRequest: null }),
    calendar: async () => calendar(),
    makeException: async (_, { from, to, reason }) => ({
      id: 'exception-1',
      from: from ?? now,
      to,
      by: 'ada@example.org',
      reason,
    }),
    revokeException: async (id, reason) => ({ id, from: now, to: now, by: 'ada@example.org', reason }),
    delegate: async (ask) => delegation(ask),
    delegations: async () => [delegation()],
    revokeDelegation: async () => delegation(),
    remind: async () => promotion(),
    alarms: async () => environment('dev').alarms,
    postAlarm: async () => environment('dev').alarms,
    rules: async () => rules(),
    compareRules: async () => [],
    applyRules: async () => [rules()],
    approveRules: async () => rules(),
    rejectRules: async () => rules(),
    tokens: async () => [],
    createToken: async () => {
      throw new Failure('denied', 'not-permitted', 'Tokens may not make tokens.');
    },
    revokeToken: async () => {
      throw new Failure('absent', 'token-unknown', 'There is no such token.');
    },
    replaceAgentKey: async () => {},
    revokeAgentKey: async () => {},
    ...more,
  };
  const remembering = new Proxy(answers, {
    get: (target, key: keyof RungClient) => {
      const member: unknown = target[key];
      if (typeof member !== 'function') return member;
      return (...given: readonly unknown[]): unknown => {
        asked.push([key, ...given]);
        return Reflect.apply(member, target, given);
      };
    },
  });
  return Object.assign(remembering, { asked });
}
