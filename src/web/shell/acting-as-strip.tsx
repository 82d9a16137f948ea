import { useActAs } from '../features/session/use-act-as.ts';
import { Button } from '../components/button.tsx';
import { Person } from '../components/person.tsx';
import { useProject } from './project-context.ts';
import './strip.css';

/** On a laptop one may play any member. The page says so for as long as one does. */
export function ActingAsStrip() {
  const { viewer } = useProject().board;
  const actAs = useActAs();
  if (viewer.actingAs === null) return null;
  return (
    <div className="strip strip-acting">
      <span>
        <b>
          Acting as <Person id={viewer.actingAs} />.
        </b>{' '}
        Rung does not check who you are on a laptop; the log names you both.
      </span>
      <Button small onClick={() => actAs.mutate(null)}>
        Be yourself again
      </Button>
    </div>
  );
}
