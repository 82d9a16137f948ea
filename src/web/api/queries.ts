import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { learnServerTime, serverNow } from '../time/now.ts';
import { nextChangeMs, nextLiftOfWayMs } from './next-lift.ts';
import { readCalendar } from './calendar-calls.ts';
import { readDelegations } from './people-calls.ts';
import { readChange, readChanges, readEvidence, readWaivers } from './gate-calls.ts';
import {
  type BoardPart,
  type LogFilter,
  readAlarms,
  readBoard,
  readEnvironment,
  readEnvironments,
  readLog,
  readProjects,
  readPromotion,
  readRelease,
  readReleases,
  readRollout,
  readWhy,
} from './calls.ts';

/** What the page reads, by key. The stream says when something is stale; nothing is asked for again by a timer but what time alone changes. */
export const keys = {
  project: (project: string) => ['project', project] as const,
  board: (project: string) => ['project', project, 'board'] as const,
  rollout: (project: string, id: string) => ['project', project, 'rollout', id] as const,
  log: (project: string) => ['project', project, 'log'] as const,
};

export const projectsQuery = queryOptions({
  queryKey: ['projects'],
  queryFn: ({ signal }) => readProjects(signal),
});

export const boardQuery = (project: string, part: BoardPart = {}) =>
  queryOptions({
    queryKey: [...keys.board(project), part],
    queryFn: async ({ signal }) => {
      const askedAt = performance.now();
      const board = await readBoard(project, part, signal);
      learnServerTime(board.now, performance.now() - askedAt);
      return board;
    },
  });

/** Environments by letters of their names. */
export const environmentsQuery = (project: string, search: string) =>
  infiniteQueryOptions({
    queryKey: ['project', project, 'environments', search],
    queryFn: ({ signal, pageParam }) => readEnvironments(project, search, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });

export const calendarQuery = (project: string) =>
  queryOptions({
    queryKey: ['project', project, 'calendar'],
    queryFn: ({ signal }) => readCalendar(project, signal),
    refetchInterval: ({ state: { data } }) => (data === undefined ? false : (nextChangeMs(data) ?? false)),
    // It may be days to the next look: one that is left out because nobody sees the page is not made good when somebody does.
    refetchIntervalInBackground: true,
  });

const trafficCountedEveryMs = 60_000;

export const environmentQuery = (project: string, name: string) =>
  queryOptions({
    queryKey: ['project', project, 'environment', name],
    queryFn: ({ signal }) => readEnvironment(project, name, signal),
    // Its traffic is counted on, and no event tells of that.
    refetchInterval: trafficCountedEveryMs,
  });

/** As often as the sources of alarms are asked, which is told only where it changes anything. */
const alarmsAskedEveryMs = 30_000;

/** The alarms of an environment, with those that are over. */
export const alarmsQuery = (project: string, name: string) =>
  queryOptions({
    queryKey: ['project', project, 'alarms', name],
    queryFn: ({ signal }) => readAlarms(project, name, signal),
    refetchInterval: alarmsAskedEveryMs,
  });

export const delegationsQuery = (project: string) =>
  queryOptions({
    queryKey: ['project', project, 'delegations'],
    queryFn: ({ signal }) => readDelegations(project, signal),
  });

export const releasesQuery = (project: string) =>
  infiniteQueryOptions({
    queryKey: ['project', project, 'releases'],
    queryFn: ({ signal, pageParam }) => readReleases(project, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });

export const releaseQuery = (project: string, release: string) =>
  queryOptions({
    queryKey: ['project', project, 'release', release],
    queryFn: ({ signal }) => readRelease(project, release, signal),
  });

export const whyQuery = (project: string, release: string, to: string) =>
  queryOptions({
    queryKey: ['project', project, 'why', release, to],
    queryFn: ({ signal }) => readWhy(project, release, to, signal),
    refetchInterval: ({ state: { data, dataUpdatedAt } }) => {
      const readAt = serverNow() - (Date.now() - dataUpdatedAt);
      return data === undefined ? false : (nextLiftOfWayMs(data, readAt) ?? false);
    },
    // As for the calendar: who comes back to the page hours later must not be shown what was missing then.
    refetchIntervalInBackground: true,
  });

/** Everything that was found out about a release, with all it says. */
export const evidenceQuery = (project: string, release: string) =>
  queryOptions({
    queryKey: ['project', project, 'evidence', release],
    queryFn: ({ signal }) => readEvidence(project, release, signal),
  });

export const waiversQuery = (project: string, release: string) =>
  queryOptions({
    queryKey: ['project', project, 'waivers', release],
    queryFn: ({ signal }) => readWaivers(project, release, signal),
  });

export const changesQuery = (
  project: string,
  of: { readonly release: string; readonly environment?: string },
) =>
  queryOptions({
    queryKey: ['project', project, 'changes', of],
    queryFn: ({ signal }) => readChanges(project, of, signal),
  });

export const changeQuery = (project: string, id: string) =>
  queryOptions({
    queryKey: ['project', project, 'change', id],
    queryFn: ({ signal }) => readChange(project, id, signal),
  });

export const promotionQuery = (project: string, id: string) =>
  queryOptions({
    queryKey: ['project', project, 'promotion', id],
    queryFn: ({ signal }) => readPromotion(project, id, signal),
  });

export const rolloutQuery = (project: string, id: string) =>
  queryOptions({
    queryKey: keys.rollout(project, id),
    queryFn: ({ signal }) => readRollout(project, id, signal),
  });

export const logQuery = (project: string, filter: LogFilter) =>
  infiniteQueryOptions({
    queryKey: [...keys.log(project), filter],
    queryFn: ({ signal, pageParam }) => readLog(project, filter, pageParam, signal),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last) => (last.next === null ? undefined : Number(last.next)),
  });
