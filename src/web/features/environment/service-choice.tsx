import type { ServiceView } from '../../api/views.ts';

interface ServiceChoiceProps {
  readonly services: readonly ServiceView[];
  /** Empty is all of them. */
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

export function ServiceChoice({ services, chosen, onChange }: ServiceChoiceProps) {
  if (services.length < 2) return null;
  const toggle = (service: string): void =>
    onChange(chosen.includes(service) ? chosen.filter((one) => one !== service) : [...chosen, service]);
  return (
    <fieldset>
      <legend>Services</legend>
      <div className="choices">
        <label className="choice">
          <input type="checkbox" checked={chosen.length === 0} onChange={() => onChange([])} />
          all {services.length}
        </label>
        {services.map(({ service }) => (
          <label className="choice" key={service}>
            <input type="checkbox" checked={chosen.includes(service)} onChange={() => toggle(service)} />
            {service}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
