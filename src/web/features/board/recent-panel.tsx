import { Link } from '@tanstack/react-router';
import { useProject } from '../../shell/project-context.ts';
import { EventList } from '../log/event-list.tsx';

const mostShown = 10;

export function RecentPanel() {
  const { board, project } = useProject();
  return (
    <section className="panel" aria-label="Just now">
      <div className="panel-head">
        <h2>Just now</h2>
        <Link className="link" to="/projects/$project/log" params={{ project }}>
          The whole log
        </Link>
      </div>
      <EventList events={board.recent.slice(0, mostShown)} />
    </section>
  );
}
