import type { EnvironmentId, ProjectId } from '../../domain/ids.ts';
import {
  type AgentIdentity,
  type PollRequest,
  type PollResponse,
  protocolVersion,
} from '../../protocol/messages.ts';
import type { Parts } from '../parts.ts';
import { createAuditLinks, noLinks } from './audit-links.ts';
import { createDesiredEnvironments } from './desired-environments.ts';
import { type NewsSoFar, ProjectNews } from './project-news.ts';

/** A checkpoint alone ends no more than 50 polls a second: each comes back with a signature, which is a commit. */
const apartMs = 20;
/** So few may come at once. */
const fewAgents = 50;

/** What the answers to all agents of a project are made from. */
export interface Answering {
  readonly news: ProjectNews;
  readonly links: ReturnType<typeof createAuditLinks>;
  readonly desired: ReturnType<typeof createDesiredEnvironments>;
}

export const createAnswering = (parts: Parts, project: ProjectId): Answering => ({
  news: new ProjectNews(parts, project, () => parts.agents.forget()),
  links: createAuditLinks(parts.store, project),
  desired: createDesiredEnvironments(parts.store, project),
});

/** Held until something changed after the cursor, or the signal is aborted; then answers with what there is. */
export async function poll(
  { clock, agents }: Pick<Parts, 'clock' | 'agents'>,
  asked: Answering,
  identity: AgentIdentity,
  request: PollRequest,
  signal: AbortSignal,
): Promise<PollResponse> {
  const { project, agent } = identity;
  const { news } = asked;
  using _held = agents.hold(project, agent);
  using _listening = news.listen();
  const beganMs = clock.monotonicMs();
  const patienceMs = news.listeners > fewAgents ? news.listeners * apartMs : 0;
  for (;;) {
    const next = Promise.withResolvers<void>();
    using _next = news.onNext(next.resolve);
    const soFar = await news.soFar();
    const changed = changedSince(soFar, identity, request.cursor);
    const isPatient = clock.monotonicMs() - beganMs < patienceMs && !signal.aborted;
    const audit = isPatient ? noLinks : await asked.links(request.head, soFar.checkpoint);
    if (changed === 'all' || changed.length > 0 || signal.aborted || audit.checkpoint !== null)
      return {
        protocol: protocolVersion,
        cursor: String(soFar.position),
        full: changed === 'all',
        environments: await asked.desired(changed === 'all' ? identity.environments : changed),
        audit,
      };
    const end = (): void => next.resolve();
    signal.addEventListener('abort', end, { once: true });
    await next.promise;
    signal.removeEventListener('abort', end);
  }
}

/** A cursor that is no position of this chain, or that lies further back than anybody remembers, gets everything. */
function changedSince(
  news: NewsSoFar,
  { environments }: AgentIdentity,
  cursor: string | null,
): readonly EnvironmentId[] | 'all' {
  const after = cursor === null ? Number.NaN : Number(cursor);
  if (!Number.isSafeInteger(after) || after < 0 || after > news.position) return 'all';
  return news.changedSince(after, environments) ?? 'all';
}
