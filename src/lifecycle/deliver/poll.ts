import { Failure } from '../../domain/failure.ts';
import type { AgentId, ProjectId } from '../../domain/ids.ts';
import {
  type AgentIdentity,
  type PollRequest,
  type PollResponse,
  protocolVersion,
} from '../../protocol/messages.ts';
import type { Parts } from '../parts.ts';
import { createAuditLinks, noLinks } from './audit-links.ts';
import { createDesiredEnvironments } from './desired-environments.ts';
import { ProjectNews } from './project-news.ts';

/**
 * A checkpoint alone ends no more than so many polls in a second, and these together: each agent comes back with a signature, and
 * those that come at once are kept with one commit.
 */
const togetherAtMost = 50;

/** What the answers to all agents of a project are made from. */
export interface Answering {
  readonly news: ProjectNews;
  readonly links: ReturnType<typeof createAuditLinks>;
  readonly desired: ReturnType<typeof createDesiredEnvironments>;
}

export const createAnswering = (parts: Parts, project: ProjectId): Answering => ({
  news: new ProjectNews(parts, project),
  links: createAuditLinks(parts.store, project),
  desired: createDesiredEnvironments(parts.store, project),
});

export interface Asker {
  readonly identity: AgentIdentity;
  /** Whether it would still be let in. */
  readonly isInForce: () => Promise<boolean>;
}

/** Held until something changed after the cursor, or the signal is aborted; then answers with what there is. See `AgentFace`. */
export async function poll(
  { clock, agents }: Pick<Parts, 'clock' | 'agents'>,
  { news, links, desired }: Answering,
  { identity, isInForce }: Asker,
  request: PollRequest,
  signal: AbortSignal,
): Promise<PollResponse> {
  const { project, agent } = identity;
  using _held = agents.hold(project, agent);
  using _listening = news.listen();
  for (;;) {
    const next = Promise.withResolvers<void>();
    using _next = news.onNext(next.resolve);
    const soFar = await news.soFar();
    const changed = await soFar.changedSince(request.cursor, identity.environments);
    const turnMs = signal.aborted ? 0 : untilTurnMs(agent, news.listeners, clock.monotonicMs());
    const audit = turnMs > 0 ? noLinks : await links(request.head, soFar.checkpoint);
    const isAnswer = changed === null || changed.length > 0 || audit.checkpoint !== null || signal.aborted;
    const environments = isAnswer ? await desired(changed ?? identity.environments) : [];
    // Asked last: what was read before was read while the key was good.
    if (!(await isInForce())) throw keyGone();
    if (isAnswer)
      return {
        protocol: protocolVersion,
        cursor: soFar.cursor,
        full: changed === null,
        environments,
        audit,
      };
    const isBehind = (soFar.checkpoint?.position ?? 0) > request.head;
    using _turn = isBehind ? clock.after(turnMs, next.resolve) : null;
    const end = (): void => next.resolve();
    signal.addEventListener('abort', end);
    // An event that is over is heard by nobody.
    if (signal.aborted) end();
    await next.promise;
    signal.removeEventListener('abort', end);
  }
}

const keyGone = (): Failure =>
  new Failure('denied', 'key-unknown', 'The key of this call is not in force any more.', {
    wayOut: 'If the key was lost or revoked, give the agent a new one.',
  });

const turnLastsMs = 1_000;

/** Until an agent may be given a checkpoint for which nothing else ends its poll. The same agents have the same turn each time. */
export function untilTurnMs(agent: AgentId, listeners: number, nowMs: number): number {
  const turns = Math.ceil(listeners / togetherAtMost);
  const own = Buffer.from(agent).reduce((sum, byte) => (sum * 31 + byte) % 1_000_003, 0) % turns;
  const away = (own - (Math.floor(nowMs / turnLastsMs) % turns) + turns) % turns;
  return away === 0 ? 0 : away * turnLastsMs - (nowMs % turnLastsMs);
}
