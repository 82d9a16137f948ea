import { Link } from '@tanstack/react-router';
import type { EnvironmentView } from '../../api/views.ts';
import { EnvironmentLink, VersionLink } from '../../components/version-link.tsx';
import { useProject } from '../../shell/project-context.ts';
import { spanText } from '../../time/format.ts';
import { Relative } from '../../time/moment.tsx';
import { isWhole } from './whole.ts';

const mostShown = 8;

/** What went where lately, over all environments; where nothing is on its way, this is what one comes to see. */
export function LatelyPanel() {
  const { board, project } = useProject();
  const lately = latest(board.environments);
  if (lately.length === 0) return null;
  return (
    <section className="panel" aria-label="Lately promoted">
      <h2>{isWhole(board) ? 'Lately promoted' : 'Lately promoted, on this page'}</h2>
      <div className="table-scroll">
        <table>
          <thead>
            <tr>
              <th>Version</th>
              <th>Into</th>
              <th>When</th>
              <th>Services</th>
              <th>
                <span className="sr-only">Promotion</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {lately.map(({ environment, deployment }) => (
              <tr key={`${environment} ${deployment.promotion} ${deployment.since}`}>
                <td>
                  <VersionLink version={deployment.version} />
                </td>
                <td>
                  <EnvironmentLink name={environment} />
                </td>
                <td>
                  <Relative at={deployment.since} />
                  {deployment.until !== null && (
                    <span className="soft"> · ran {spanText(deployment.until - deployment.since)}</span>
                  )}
                </td>
                <td title={deployment.services.join(', ')}>{servicesText(deployment.services)}</td>
                <td>
                  <Link
                    className="link"
                    to="/projects/$project/promotions/$promotion"
                    params={{ project, promotion: deployment.promotion }}
                  >
                    How it came
                  </Link>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

const latest = (environments: readonly EnvironmentView[]) =>
  environments
    .flatMap(({ name, deployments }) => deployments.map((deployment) => ({ environment: name, deployment })))
    .toSorted((left, right) => right.deployment.since - left.deployment.since)
    .slice(0, mostShown);

const servicesText = (services: readonly string[]): string =>
  services.length > 3 ? `${services.length} services` : services.join(', ');
