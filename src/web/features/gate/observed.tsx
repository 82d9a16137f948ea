import type { EnvironmentView, GateView } from '../../api/views.ts';
import { EnvironmentLink } from '../../components/version-link.tsx';
import { useProject } from '../../shell/project-context.ts';
import { alarmsHeadline, firingText, trafficText } from '../environment/alarm-words.ts';

interface ObservedProps {
  readonly kind: GateView['kind'];
  /** Where the release is to go. */
  readonly to: string;
}

/** What is observed now where a gate of stability or of alarms looks: all services together, and what fires. */
export function Observed({ kind, to }: ObservedProps) {
  const { board } = useProject();
  if (kind !== 'stability' && kind !== 'alarms') return null;
  const from = board.ways.find((one) => one.to === to)?.from;
  const places = board.environments.filter(({ name }) => name === from || (kind === 'alarms' && name === to));
  return (
    <ul className="observed" aria-label="Observed now">
      {places.map((one) => (
        <li key={one.id}>
          <b>
            <EnvironmentLink name={one.name} />
          </b>{' '}
          <Seen environment={one} hasTraffic={kind === 'stability'} />
        </li>
      ))}
    </ul>
  );
}

interface SeenProps {
  readonly environment: EnvironmentView;
  readonly hasTraffic: boolean;
}

function Seen({ environment: { alarms, traffic }, hasTraffic }: SeenProps) {
  const fires = firingText(alarms);
  return (
    <span className="num">
      {hasTraffic && <>last 24 h: {traffic === null ? 'nothing was counted yet' : trafficText(traffic)}. </>}
      <span className={fires === null ? undefined : 'bad-text'}>{fires ?? alarmsHeadline(alarms)}.</span>
    </span>
  );
}
