import type { EnvironmentView, GateView } from '../../api/views.ts';
import { EnvironmentLink } from '../../components/version-link.tsx';
import { alarmsHeadline, firingText, trafficText } from '../environment/alarm-words.ts';
import { useEnvironment } from '../environment/use-environment.ts';
import { useWayInto } from '../way/use-way.ts';

interface ObservedProps {
  readonly kind: GateView['kind'];
  /** Where the release is to go. */
  readonly to: string;
}

/** What is observed now where a gate of stability or of alarms looks: all services together, and what fires. */
export function Observed({ kind, to }: ObservedProps) {
  return kind === 'stability' || kind === 'alarms' ? <Places kind={kind} to={to} /> : null;
}

function Places({ kind, to }: ObservedProps) {
  const from = useWayInto(to)?.from;
  const places = [...(from === undefined ? [] : [from]), ...(kind === 'alarms' ? [to] : [])];
  return (
    <ul className="observed" aria-label="Observed now">
      {places.map((name) => (
        <Place key={name} name={name} hasTraffic={kind === 'stability'} />
      ))}
    </ul>
  );
}

function Place({ name, hasTraffic }: { readonly name: string; readonly hasTraffic: boolean }) {
  const environment = useEnvironment(name);
  if (environment === undefined) return null;
  return (
    <li>
      <b>
        <EnvironmentLink name={name} />
      </b>{' '}
      <Seen environment={environment} hasTraffic={hasTraffic} />
    </li>
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
