import type { CalendarView } from '../../api/views.ts';

/** A freeze as it is written, and where it holds. */
interface Declared {
  readonly when: string;
  readonly reason: string;
  readonly environments: readonly string[];
}

/** The freezes as they are written, each once. */
export function DeclaredFreezes({ calendar }: { readonly calendar: CalendarView }) {
  const freezes = declared(calendar);
  if (freezes.length === 0) return null;
  return (
    <section className="panel table-scroll">
      <h2>Freezes</h2>
      <table>
        <thead>
          <tr>
            <th>When</th>
            <th>Of</th>
            <th>Why</th>
          </tr>
        </thead>
        <tbody>
          {freezes.map(({ when, environments, reason }) => (
            <tr key={`${when} ${reason} ${environments.join(' ')}`}>
              <td className="num">{when}</td>
              <td>{environments.join(', ')}</td>
              <td>{reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** One of the whole project stands with each environment that it holds in. */
function declared({ environments }: CalendarView): readonly Declared[] {
  const all = new Map<string, Declared>();
  for (const { environment, freezes } of environments)
    for (const { when, reason, ofWholeProject } of freezes) {
      const key = `${ofWholeProject ? '' : environment} ${when} ${reason}`;
      const before = all.get(key)?.environments ?? [];
      all.set(key, { when, reason, environments: [...before, environment] });
    }
  return [...all.values()];
}
