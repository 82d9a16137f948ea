import type { CalendarView } from '../../api/views.ts';

type Freeze = CalendarView['environments'][number]['freezes'][number];
interface Declared extends Freeze {
  readonly of: string;
}

/** The freezes as they are written, each once; with who may make an exception. */
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
            <th>Exceptions by</th>
          </tr>
        </thead>
        <tbody>
          {freezes.map(({ when, of, reason, except }) => (
            <tr key={`${of} ${when} ${reason}`}>
              <td className="num">{when}</td>
              <td>{of}</td>
              <td>{reason}</td>
              <td>{except.length === 0 ? <span className="soft">nobody named</span> : except.join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function declared({ environments }: CalendarView): readonly Declared[] {
  const all = environments.flatMap(({ environment, freezes }) =>
    freezes.map((freeze): Declared => {
      const of = freeze.ofWholeProject ? 'all environments' : environment;
      return { ...freeze, of };
    }),
  );
  const keys = all.map(({ of, when, reason }) => `${of} ${when} ${reason}`);
  return all.filter((_, index) => keys.indexOf(keys[index] ?? '') === index);
}
