import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { logQuery } from '../../api/queries.ts';
import { Button } from '../../components/button.tsx';
import { Command } from '../../components/command.tsx';
import { Page } from '../../components/page.tsx';
import { useProject } from '../../shell/project-context.ts';
import { EnvironmentChoice } from '../environment/environment-choice.tsx';
import { EventList } from './event-list.tsx';

const route = getRouteApi('/projects/$project/log');

/** Everything that happened, newest first; of one environment, or of one thing, where the address says so. */
export function LogPage() {
  const { project, commands } = useProject();
  const { environment, subject } = route.useSearch();
  const filter = {
    ...(environment === undefined ? {} : { environment }),
    ...(subject === undefined ? {} : { subject }),
  };
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    logQuery(project, filter),
  );
  const events = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title="Log" error={error}>
      <Filters />
      <section className="panel log-page" aria-label="Events">
        <EventList events={events} />
        {data !== undefined && events.length === 0 && <p className="soft">Nothing happened here yet.</p>}
        {hasNextPage && (
          <Button off={isFetchingNextPage ? 'loading' : null} onClick={() => void fetchNextPage()}>
            Show older
          </Button>
        )}
      </section>
      <Command line={commands.log(environment)} />
    </Page>
  );
}

function Filters() {
  const { environment, subject } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <div className="log-filters">
      <EnvironmentChoice
        label="Environment"
        none="All"
        value={environment ?? ''}
        onChange={(name) => void navigate({ search: (before) => inEnvironment(before, name), replace: true })}
      />
      {subject !== undefined && (
        <Button onClick={() => void navigate({ search: withoutSubject })}>
          Only {subject.slice(0, 24)}… ✕
        </Button>
      )}
    </div>
  );
}

interface LogSearch {
  readonly environment?: string;
  readonly subject?: string;
}

const inEnvironment = ({ subject }: LogSearch, environment: string): LogSearch => ({
  ...(environment === '' ? {} : { environment }),
  ...(subject === undefined ? {} : { subject }),
});

const withoutSubject = ({ environment }: LogSearch): LogSearch =>
  environment === undefined ? {} : { environment };
