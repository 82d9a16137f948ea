import { Link } from '@tanstack/react-router';
import type { EnvironmentView } from '../../api/views.ts';
import { VersionLink } from '../../components/version-link.tsx';
import { useProject } from '../../shell/project-context.ts';
import { spanText } from '../../time/format.ts';
import { Since, Stamp } from '../../time/moment.tsx';

/** As many services as are named; more are counted. */
const mostNamed = 3;

/** What ran here, when, and through which promotion; newest first (REL-6). */
export function DeploymentHistory({ deployments }: Pick<EnvironmentView, 'deployments'>) {
  const { project } = useProject();
  if (deployments.length === 0) return <p className="soft">Nothing has run here yet.</p>;
  return (
    <table>
      <thead>
        <tr>
          <th>Version</th>
          <th>Since</th>
          <th>For</th>
          <th>Services</th>
          <th>Smoke tests</th>
          <th>
            <span className="sr-only">Promotion</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {deployments.toReversed().map((one) => (
          <tr key={`${one.promotion} ${one.since}`}>
            <td>
              <VersionLink version={one.version} />
              {one.until === null && <span className="soft"> runs now</span>}
            </td>
            <td>
              <Stamp at={one.since} />
            </td>
            <td className="num">
              {one.until === null ? <Since at={one.since} fine /> : spanText(one.until - one.since)}
            </td>
            <td title={one.services.join(', ')}>
              {one.services.slice(0, mostNamed).join(', ')}
              {one.services.length > mostNamed && ` and ${one.services.length - mostNamed} more`}
            </td>
            <td>{one.smoke === 'passed' ? 'passed' : <span className="soft">none declared</span>}</td>
            <td>
              <Link
                className="link"
                to="/projects/$project/promotions/$promotion"
                params={{ project, promotion: one.promotion }}
              >
                How it came
              </Link>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
