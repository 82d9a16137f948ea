import { Button } from '../components/button.tsx';
import { Since } from '../time/moment.tsx';
import { useProject } from './project-context.ts';
import './strip.css';

/** A lost connection is said at once, with the age of what is seen. It lies over the page, so that nothing jumps. */
export function ConnectionStrip() {
  const { connection, retryConnection } = useProject();
  return (
    <div className="strip-place" role="status">
      {connection.state === 'lost' && (
        <div className="strip strip-lost">
          <span>
            <b>Connection lost.</b> What you see is <Since at={connection.heardAt} fine /> old. Rung goes on
            without this page; it comes back by itself.
          </span>
          <Button small onClick={retryConnection}>
            Try now
          </Button>
        </div>
      )}
    </div>
  );
}
