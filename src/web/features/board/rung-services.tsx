import type { EnvironmentView, ServiceView } from '../../api/views.ts';
import { countText } from '../../components/names.ts';
import { servicesWorthShowing } from '../environment/health.ts';

interface RungServicesProps {
  readonly environment: EnvironmentView;
  /** The new version of a rollout serves everything already. */
  readonly isSwitched: boolean;
}

/** A few services are all shown; of many only those that are not like the rest. */
export function RungServices({ environment, isSwitched }: RungServicesProps) {
  const { shown, hidden, version } = servicesWorthShowing(environment.services);
  if (environment.services.length === 0) return null;
  return (
    <ul className={shown.length === 0 ? 'rung-services alike num' : 'rung-services num'}>
      {shown.map((service) => (
        <Service key={service.service} service={service} isSwitched={isSwitched} />
      ))}
      {hidden > 0 && (
        <li className="soft">
          <span>
            {shown.length === 0
              ? `all ${countText(hidden, 'service')}`
              : `${countText(hidden, 'service')} more`}
          </span>
          <span>{version ?? ''}</span>
        </li>
      )}
    </ul>
  );
}

function Service({
  service: { service, stable, candidate, instances, url },
  isSwitched,
}: {
  readonly service: ServiceView;
  readonly isSwitched: boolean;
}) {
  const ill = instances !== null && instances.healthy < instances.wanted;
  return (
    <li>
      <span className="clip" title={service}>
        {url === null ? (
          service
        ) : (
          <a href={url} target="_blank" rel="noreferrer" title={url}>
            {service} <span aria-hidden="true">↗</span>
          </a>
        )}
        {ill && (
          <span className="warn-text">
            {' '}
            ◆ {instances.healthy} of {instances.wanted}
            <span className="sr-only"> healthy</span>
          </span>
        )}
      </span>
      <span className="rung-service-version">
        {candidate !== null && isSwitched ? (
          <b>{candidate.version}</b>
        ) : (
          <>
            {stable?.version ?? <span className="soft">–</span>}
            {candidate !== null && candidate.version !== stable?.version && <b> + {candidate.version}</b>}
          </>
        )}
      </span>
    </li>
  );
}
