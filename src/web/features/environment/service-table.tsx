import type { ServiceView } from '../../api/views.ts';
import { StateMark } from '../../components/state-mark.tsx';
import { VersionLink } from '../../components/version-link.tsx';

export function ServiceTable({ services }: { readonly services: readonly ServiceView[] }) {
  if (services.length === 0) return <p className="soft">No service is declared.</p>;
  return (
    <table>
      <thead>
        <tr>
          <th>Service</th>
          <th>Runs</th>
          <th>Instances</th>
          <th>Artifact</th>
          <th>Reached at</th>
        </tr>
      </thead>
      <tbody>
        {services.map((one) => (
          <tr key={one.service}>
            <td>{one.service}</td>
            <td>
              {one.stable === null ? (
                <span className="soft">nothing yet</span>
              ) : (
                <VersionLink version={one.stable.version} />
              )}
              {one.candidate !== null && <b className="num"> + {one.candidate.version}</b>}
            </td>
            <td>
              <Instances of={one.instances} />
            </td>
            <td className="mono soft" title={one.stable?.artifact}>
              {one.stable?.artifact.replace('sha256:', '').slice(0, 12) ?? '–'}
            </td>
            <td>
              {one.url === null ? (
                <span className="soft">–</span>
              ) : (
                <a className="link" href={one.url} rel="noreferrer" target="_blank">
                  {one.url.replace(/^https?:\/\//, '')}
                </a>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Instances({ of }: { readonly of: ServiceView['instances'] }) {
  if (of === null) return <span className="soft">not seen yet</span>;
  const tone = of.healthy === of.wanted ? 'ok' : of.healthy === 0 ? 'bad' : 'warn';
  return (
    <StateMark tone={tone}>
      <span className="num">
        {of.healthy} of {of.wanted} healthy
      </span>
    </StateMark>
  );
}
