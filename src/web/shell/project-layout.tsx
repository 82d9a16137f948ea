import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Outlet, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { applyNews } from '../api/apply-news.ts';
import { type Connection, LiveStream } from '../api/live.ts';
import { nextLiftMs } from '../api/next-lift.ts';
import { boardQuery, keys } from '../api/queries.ts';
import type { BoardView } from '../api/views.ts';
import { isSignedOut } from '../api/failure.ts';
import { commandsFor } from '../commands.ts';
import { boardPart, boardSearch } from '../features/board/board-part.ts';
import { BoardSkeleton } from '../features/board/board-skeleton.tsx';
import { FailurePage } from '../features/session/problem-pages.tsx';
import { SignedOutPage } from '../features/session/signed-out-page.tsx';
import { useIsWriting } from './open-forms.ts';
import { ProjectInContext } from './project-context.ts';
import { Shell } from './shell.tsx';

const route = getRouteApi('/projects/$project');
const connecting: Connection = { state: 'connecting' };
const watchNothing = (): (() => void) => () => undefined;

/** Reads the board of a project, follows its events, and puts the frame of the page around all that is in it. */
export function ProjectLayout() {
  const { project } = route.useParams();
  const part = boardPart(boardSearch(useSearch({ strict: false })));
  const isWriting = useIsWriting();
  const {
    data: board,
    error,
    refetch,
  } = useQuery({
    ...boardQuery(project, part),
    // While another page of it is read, the one before stays.
    placeholderData: (before, query) => (query?.queryKey[1] === project ? before : undefined),
  });
  useLifts(project, board);
  const stream = useLiveStream(project, board?.position);
  const connection = useSyncExternalStore(
    stream?.watch ?? watchNothing,
    () => stream?.connection() ?? connecting,
  );
  const acting = board?.viewer.actingAs ?? null;
  const context = useMemo(
    () =>
      board === undefined
        ? null
        : {
            project,
            board,
            connection,
            commands: commandsFor(acting),
            retryConnection: () => stream?.retryNow(),
          },
    [project, board, connection, acting, stream],
  );
  const isSignedIn = connection.state !== 'signed out' && !isSignedOut(error);
  // What somebody has written in a form stays: once they are signed in again, in another tab, they can still send it.
  if (!isSignedIn && !(context !== null && isWriting)) return <SignedOutPage />;
  if (context === null)
    return error === null ? <BoardSkeleton /> : <FailurePage error={error} retry={() => void refetch()} />;
  return (
    <ProjectInContext value={context}>
      <Shell>
        <Outlet />
      </Shell>
    </ProjectInContext>
  );
}

/** What time alone lifts is seen when it is lifted. */
function useLifts(project: string, board: BoardView | undefined): void {
  const queries = useQueryClient();
  useEffect(() => {
    const waitMs = board === undefined ? null : nextLiftMs(board);
    if (waitMs === null) return undefined;
    const timer = setTimeout(
      () => void queries.invalidateQueries({ queryKey: keys.project(project) }),
      waitMs,
    );
    return () => clearTimeout(timer);
  }, [queries, project, board]);
}

/** One stream for each project; it begins where the first reading of the board ended. */
function useLiveStream(project: string, position: number | undefined): LiveStream | null {
  const queries = useQueryClient();
  const [stream, setStream] = useState<LiveStream | null>(null);
  const ready = position !== undefined;
  useEffect(() => {
    if (!ready) return undefined;
    const news = applyNews(queries, project);
    const read = queries.getQueriesData<BoardView>({ queryKey: keys.board(project) });
    const from = Math.min(...read.flatMap(([, board]) => (board === undefined ? [] : [board.position])));
    const live = new LiveStream(news);
    const following = live.start(project, from);
    setStream(live);
    return () => {
      following[Symbol.dispose]();
      news[Symbol.dispose]();
    };
  }, [queries, project, ready]);
  return stream;
}
