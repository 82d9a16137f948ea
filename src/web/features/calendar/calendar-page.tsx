import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { calendarQuery } from '../../api/queries.ts';
import type { CalendarView } from '../../api/views.ts';
import { Empty } from '../../components/empty.tsx';
import { Page } from '../../components/page.tsx';
import { useProject } from '../../shell/project-context.ts';
import { CalendarChart } from './calendar-chart.tsx';
import { isBlank } from './calendar-marks.ts';
import { DeclaredFreezes } from './declared-freezes.tsx';
import { Exceptions } from './exceptions.tsx';
import './calendar.css';

const route = getRouteApi('/projects/$project/calendar');

/** When each environment may be gone into: windows, freezes, exceptions, and when soaks end. */
export function CalendarPage() {
  const { project } = useProject();
  const { data, error } = useQuery(calendarQuery(project));
  return (
    <Page title="Calendar" error={error} acts={data !== undefined && !isBlank(data) && <Weeks />}>
      {data !== undefined && <Calendar calendar={data} />}
    </Page>
  );
}

function Calendar({ calendar }: { readonly calendar: CalendarView }) {
  const { weeks = 2 } = route.useSearch();
  if (isBlank(calendar)) return <NothingDeclared />;
  return (
    <>
      <CalendarChart calendar={calendar} weeks={weeks} />
      <DeclaredFreezes calendar={calendar} />
      <Exceptions calendar={calendar} />
    </>
  );
}

function Weeks() {
  const { project } = useProject();
  return (
    <nav className="calendar-weeks" aria-label="How much to show">
      {([2, 4] as const).map((count) => (
        <Link
          key={count}
          to="/projects/$project/calendar"
          params={{ project }}
          search={count === 4 ? { weeks: 4 } : {}}
          className="button small"
          activeOptions={{ exact: true, includeSearch: true }}
        >
          {count} weeks
        </Link>
      ))}
    </nav>
  );
}

const example = `environments:
  prod:
    windows: ["Tue-Thu 09:00-16:00 Europe/London"]
freezes:
  - from: "2026-12-18 17:00"
    to: "2027-01-04 09:00"
    zone: Europe/London
    reason: The holidays`;

const NothingDeclared = () => (
  <Empty title="Every environment is always open">
    <p>
      A window says when something may go into an environment, a freeze when nothing may. Write them into
      rung.yaml:
    </p>
    <pre className="calendar-example mono">{example}</pre>
  </Empty>
);
