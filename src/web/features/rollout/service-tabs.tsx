import type { RolloutView } from '../../api/views.ts';
import { danger, worthPointingOut } from './rules.ts';

interface ServiceTabsProps {
  readonly rollout: RolloutView;
  readonly chosen: string;
  /** Nobody has chosen yet: it is shown because a rule is closest there. */
  readonly isClosest: boolean;
  readonly onChoose: (service: string) => void;
}

const mostTabs = 6;

/** Which service is looked at. A service where a rule comes close is pointed out, whichever is looked at. */
export function ServiceTabs({ rollout, chosen, isClosest, onChoose }: ServiceTabsProps) {
  const { services, closeness } = rollout;
  if (services.length < 2) return null;
  const label = (service: string): string => {
    const near = danger(closeness, service);
    if (near >= 1) return `${service} ◆ a rule speaks`;
    return near >= worthPointingOut ? `${service} ◆ a rule comes close` : service;
  };
  if (services.length > mostTabs)
    return (
      <label className="service-select">
        <span className="soft">Service</span>
        <select className="input" value={chosen} onChange={(event) => onChoose(event.target.value)}>
          {services.map(({ service }) => (
            <option key={service} value={service}>
              {label(service)}
            </option>
          ))}
        </select>
      </label>
    );
  return (
    <div className="service-tabs" role="group" aria-label="Service">
      {services.map(({ service }) => (
        <button
          key={service}
          type="button"
          aria-pressed={service === chosen}
          className={danger(closeness, service) >= worthPointingOut ? 'close' : undefined}
          onClick={() => onChoose(service)}
        >
          {label(service)}
        </button>
      ))}
      {isClosest && <small className="soft">shown because a rule is closest to it</small>}
    </div>
  );
}
