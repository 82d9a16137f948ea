import { type ReactNode, useEffect } from 'react';
import { useProject } from '../shell/project-context.ts';
import { FailureNote } from './failure-note.tsx';
import './button.css';

interface PageProps {
  readonly title: string;
  readonly beside?: ReactNode;
  readonly acts?: ReactNode;
  readonly children?: ReactNode;
  /** Shown in place of what could not be read. */
  readonly error?: unknown;
}

/** A page with its title, which the browser's tab shows too. */
export function Page({ title, beside, acts, children, error = null }: PageProps) {
  useTitle(title);
  return (
    <div className="page">
      <div className="page-head">
        <h1>{title}</h1>
        {beside}
        {acts !== undefined && acts !== false && <div className="acts">{acts}</div>}
      </div>
      {error !== null && <FailureNote error={error} />}
      {children}
    </div>
  );
}

/** `prod · access · Rung` in the browser's tab. */
export function useTitle(title: string): void {
  const { board } = useProject();
  const full = `${title} · ${board.project.name} · Rung`;
  useEffect(() => {
    document.title = full;
  }, [full]);
}
