import type { Actor } from './actor.ts';
import type { Digest, EnvironmentId, EventId, Instant, ProjectId } from './ids.ts';

/**
 * Every change of state appends events in its own transaction. Events are the audit log, the live stream to the
 * page, and what notifications and figures are made of.
 */
export interface NewEvent {
  readonly project: ProjectId;
  readonly kind: EventKind;
  readonly at: Instant;
  readonly actor: Actor;
  readonly environment: EnvironmentId | null;
  /** What it is about, for example `promotion/0197…`. */
  readonly subject: string;
  /** A sentence for people; the board and `rung log` print it. Never a secret. */
  readonly message: string;
  /** Facts for machines. Never a secret. */
  readonly payload: Readonly<Record<string, unknown>>;
}

/** An event once the chainer gave it its place. Positions are dense, from 1, one sequence for each project. */
export interface ChainedEvent extends Omit<NewEvent, 'payload'> {
  readonly id: EventId;
  readonly position: number;
  /** null: it has expired. */
  readonly payload: NewEvent['payload'] | null;
  /** Of the payload alone; it stays when that has expired. */
  readonly factsDigest: Digest;
  readonly payloadDigest: Digest;
  /** Digest of this link: covers the one before, the position and the digest of the payload. */
  readonly link: Digest;
}

export const eventKinds = [
  'project.created',
  'control-plane.restored',
  'environment.declared',
  'environment.validated',
  'rules.accepted',
  'rules.proposed',
  'rules.approved',
  'rules.rejected',
  'rules.withdrawn',
  'agent.connected',
  'agent.silent',
  'agent.key-replaced',
  'agent.key-revoked',
  'branch.moved',
  'build.wanted',
  'build.failed',
  'release.created',
  'release.marked',
  'release.mark-lifted',
  'evidence.added',
  'gate.waived',
  'alarm.fired',
  'alarm.resolved',
  'alarm.source-away',
  'alarm.source-back',
  'change-request.created',
  'change-request.changed',
  'change-request.approved',
  'change-request.rejected',
  'change-request.noted',
  'change-request.started',
  'change-request.closed',
  'exception.made',
  'exception.revoked',
  'gate.asked',
  'gate.answered',
  'promotion.requested',
  'promotion.taken-over',
  'promotion.refused',
  'promotion.emergency-asked',
  'promotion.emergency-confirmed',
  'promotion.emergency-expired',
  'promotion.approved',
  'promotion.approval-expired',
  'promotion.asked-again',
  'promotion.rejected',
  'promotion.withdrawn',
  'promotion.superseded',
  'promotion.started',
  'promotion.succeeded',
  'promotion.rolled-back',
  'promotion.failed',
  'rollout.phase',
  'rollout.held',
  'rollout.resumed',
  'rollout.advanced',
  'rollout.taken-back',
  'environment.observed',
  'environment.taken-up',
  'desired.changed',
  'delegation.made',
  'delegation.revoked',
  'token.created',
  'token.revoked',
  'session.opened',
] as const;
export type EventKind = (typeof eventKinds)[number];

/** Whether people are told of it unasked. What is for agents alone follows from another event, which says what happened. */
export const isTold = (kind: string): boolean => kind !== 'desired.changed';

export const toldKinds: readonly EventKind[] = eventKinds.filter(isTold);
