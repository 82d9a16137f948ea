import { useInfiniteQuery } from '@tanstack/react-query';
import { releasesQuery } from '../../api/queries.ts';
import { Button } from '../../components/button.tsx';
import { Page } from '../../components/page.tsx';
import { ActorName } from '../../components/person.tsx';
import { EnvironmentLink, VersionLink } from '../../components/version-link.tsx';
import { useProject } from '../../shell/project-context.ts';
import { Stamp } from '../../time/moment.tsx';
import { NoReleaseYet } from './no-release-yet.tsx';
import { ReleaseMarkWords } from './release-mark.tsx';

/** Every release, newest first, with where it runs. */
export function ReleasesPage() {
  const { project } = useProject();
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    releasesQuery(project),
  );
  const releases = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title="Releases" error={error}>
      {data !== undefined && releases.length === 0 && <NoReleaseYet />}
      {releases.length > 0 && (
        <section className="panel table-scroll">
          <table>
            <thead>
              <tr>
                <th>Version</th>
                <th>Runs in</th>
                <th>What is new</th>
                <th>Commit</th>
                <th>Made</th>
              </tr>
            </thead>
            <tbody>
              {releases.map((release) => (
                <tr key={release.id}>
                  <td>
                    <b>
                      <VersionLink version={release.version} />
                    </b>
                    {release.mark !== null && <ReleaseMarkWords />}
                  </td>
                  <td>
                    <RunsIn environments={release.runsIn} />
                  </td>
                  <td>{release.notes[0]?.text ?? <span className="soft">no notes</span>}</td>
                  <td className="mono soft" title={release.commit}>
                    {release.commit.slice(0, 7)}
                  </td>
                  <td>
                    <Stamp at={release.createdAt} />{' '}
                    <span className="soft">
                      by <ActorName actor={release.createdBy} />
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {hasNextPage && (
            <Button off={isFetchingNextPage ? 'loading' : null} onClick={() => void fetchNextPage()}>
              Show older
            </Button>
          )}
        </section>
      )}
    </Page>
  );
}

/** A line of names that somebody reads. */
const mostNamed = 12;

/** Where a release runs, in the ladder's order as far as the board shows it. */
export function RunsIn({ environments }: { readonly environments: readonly string[] }) {
  const order = useProject().board.environments.map((one) => one.name);
  if (environments.length === 0) return <span className="soft">nowhere now</span>;
  const first = order.filter((name) => environments.includes(name));
  const names = [...first, ...environments.filter((name) => !first.includes(name))];
  return (
    <>
      {names.slice(0, mostNamed).map((name, index) => (
        <span key={name}>
          {index > 0 && ', '}
          <EnvironmentLink name={name} />
        </span>
      ))}
      {names.length > mostNamed && ` and ${names.length - mostNamed} more`}
    </>
  );
}
