import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { changesQuery } from '../../api/queries.ts';
import type { ChangeRequestView } from '../../api/views.ts';
import { Button } from '../../components/button.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { StateMark } from '../../components/state-mark.tsx';
import { useProject } from '../../shell/project-context.ts';
import { useAct } from '../../shell/use-act.ts';
import { DayAndTime } from '../../time/moment.tsx';
import { changeLine, changeWords, isLive } from './change-words.ts';
import '../gate/gate.css';

interface ChangeListProps {
  readonly release: string;
  readonly environment?: string;
  /** What stands where there is none. */
  readonly none: string | null;
  /** Offers to ask for a change into the environment, as long as none is under way. */
  readonly asks?: boolean;
}

/** The change requests of a release, newest first. */
export function ChangeList({ release, environment, none, asks = false }: ChangeListProps) {
  const { project } = useProject();
  const of = environment === undefined ? { release } : { release, environment };
  const { data, error } = useQuery(changesQuery(project, of));
  if (error !== null) return <FailureNote error={error} />;
  if (data === undefined) return null;
  const { items } = data;
  return (
    <>
      {items.length > 0 && <Changes items={items} isNamed={environment === undefined} />}
      {items.length === 0 && none !== null && <p className="soft">{none}</p>}
      {asks && environment !== undefined && !items.some(isLive) && (
        <AskForChange release={release} to={environment} />
      )}
    </>
  );
}

function AskForChange({ release, to }: { readonly release: string; readonly to: string }) {
  const { board } = useProject();
  const { open } = useAct();
  return (
    <div className="acts gate-acts">
      <Button
        small
        off={board.viewer.roles.length === 0 ? 'You have no role here' : null}
        onClick={() => open({ act: 'change', release, to })}
      >
        Ask for a change…
      </Button>
    </div>
  );
}

interface ChangesProps {
  readonly items: readonly ChangeRequestView[];
  /** Whether each says which environment it is for. */
  readonly isNamed: boolean;
}

function Changes({ items, isNamed }: ChangesProps) {
  const { project } = useProject();
  return (
    <ul className="change-list">
      {items.map((one) => (
        <li key={one.id}>
          <StateMark tone={changeWords(one).tone}>{changeWords(one).text}</StateMark>
          <span>
            <Link
              className="link"
              to="/projects/$project/changes/$change"
              params={{ project, change: one.id }}
            >
              {one.id}
            </Link>{' '}
            {changeLine(one)}
            {isNamed && ` for ${one.environment}`};{' '}
            <span className="soft">
              window <DayAndTime at={one.form.window.from} /> to <DayAndTime at={one.form.window.to} />
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}
