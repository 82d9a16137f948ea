import { createContext, use } from 'react';
import type { Connection } from '../api/live.ts';
import type { BoardView } from '../api/views.ts';
import type { Commands } from '../commands.ts';

export interface ProjectContext {
  /** As the address names it. */
  readonly project: string;
  readonly board: BoardView;
  readonly commands: Commands;
  readonly connection: Connection;
  readonly retryConnection: () => void;
}

export const ProjectInContext = createContext<ProjectContext | null>(null);

/** The project that is being looked at. Only inside of its layout. */
export function useProject(): ProjectContext {
  const found = use(ProjectInContext);
  if (found === null) throw new Error('useProject was called outside of a project');
  return found;
}
