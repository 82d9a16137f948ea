import { useInfiniteQuery } from '@tanstack/react-query';
import { logQuery } from '../../api/queries.ts';
import { useProject } from '../../shell/project-context.ts';
import { EventList } from './event-list.tsx';

/** What happened to one thing, for example `rollout/0197…`. */
export function SubjectLog({ subject }: { readonly subject: string }) {
  const { project } = useProject();
  const { data } = useInfiniteQuery(logQuery(project, { subject }));
  const events = data?.pages.flatMap((page) => page.items) ?? [];
  return events.length === 0 ? null : (
    <section className="panel">
      <h2>What happened</h2>
      <EventList events={events} />
    </section>
  );
}
