import type { ProjectId, RolloutId } from '../../domain/ids.ts';
import { isFailure } from '../../domain/failure.ts';
import { askOnce } from '../../domain/latest.ts';
import type { ControlPlane } from '../../lifecycle/face.ts';

/** As it is sent. */
export interface SentEvent {
  readonly position: number;
  readonly json: string;
}

/**
 * Reads once what one piece of news makes every stream of a project ask for: with 1,000 pages open, each event was read
 * and written down a thousand times.
 */
export interface SharedReading {
  /** For as long as a stream follows the project. Called with each piece of news, when what was read before is forgotten. */
  follow(project: ProjectId, onNews: (news: News) => void): ReadingOfProject & Disposable;
}

export interface ReadingOfProject {
  /** The next events after a position, `eventsAtOnce` at most. */
  eventsAfter(position: number): Promise<readonly SentEvent[]>;
  /** null: there is no such rollout. */
  figures(rollout: RolloutId): Promise<string | null>;
}

export const eventsAtOnce = 100;
/** Pages of the log that streams are at just now; who is far behind has to read for themselves. */
const pagesKept = 4;

type News = Parameters<Parameters<ControlPlane['onNews']>[1]>[0];

interface Kept {
  readonly reading: ReadingOfProject;
  readonly listening: Disposable;
  readonly followers: Set<(news: News) => void>;
}

export function createSharedReading(controlPlane: ControlPlane): SharedReading {
  const projects = new Map<ProjectId, Kept>();
  return {
    follow: (project, onNews) => {
      const kept = projects.get(project) ?? readingOf(controlPlane, project);
      projects.set(project, kept);
      const told = (news: News): void => onNews(news);
      kept.followers.add(told);
      const leave = (): void => {
        if (!kept.followers.delete(told) || kept.followers.size > 0) return;
        kept.listening[Symbol.dispose]();
        projects.delete(project);
      };
      return { ...kept.reading, [Symbol.dispose]: leave };
    },
  };
}

function readingOf(controlPlane: ControlPlane, project: ProjectId): Kept {
  const pages = new Map<number, Promise<readonly SentEvent[]>>();
  const rollouts = new Map<RolloutId, Promise<string | null>>();
  const followers = new Set<(news: News) => void>();
  const listening = controlPlane.onNews(project, (news) => {
    // What was read before the news does not say it.
    if (news.kind === 'events') pages.clear();
    else rollouts.delete(news.rollout);
    for (const follower of followers) follower(news);
  });
  const reading: ReadingOfProject = {
    eventsAfter: (position) =>
      askOnce(pages, pagesKept, position, () => readEvents(controlPlane, project, position)),
    figures: (rollout) =>
      askOnce(rollouts, pagesKept, rollout, () => readFigures(controlPlane, project, rollout)),
  };
  return { reading, listening, followers };
}

async function readEvents(
  controlPlane: ControlPlane,
  project: ProjectId,
  position: number,
): Promise<readonly SentEvent[]> {
  const events = await controlPlane.eventsAfter(project, position, eventsAtOnce);
  return Promise.all(
    events.map(async (event) => ({
      position: event.position,
      json: JSON.stringify(await controlPlane.eventView(event)),
    })),
  );
}

async function readFigures(
  controlPlane: ControlPlane,
  project: ProjectId,
  rollout: RolloutId,
): Promise<string | null> {
  try {
    return JSON.stringify(await controlPlane.rollout(project, rollout));
  } catch (thrown) {
    if (isFailure(thrown) && thrown.kind === 'absent') return null;
    throw thrown;
  }
}
