import type { CalendarView } from '../../api/views.ts';
import { Command } from '../../components/command.tsx';
import { Person } from '../../components/person.tsx';
import { useProject } from '../../shell/project-context.ts';
import { exactText } from '../../time/format.ts';
import { useZone } from '../../time/moment.tsx';
import { momentText } from './mark-words.tsx';

type EnvironmentCalendar = CalendarView['environments'][number];

/** What named people opened, who else may, and the command that does it. */
export function Exceptions({ calendar }: { readonly calendar: CalendarView }) {
  const { commands } = useProject();
  const made = calendar.environments.flatMap(({ environment, exceptions }) =>
    exceptions.map((exception) => ({ environment, ...exception })),
  );
  const closable = calendar.environments.filter((one) => one.windows.length + one.freezes.length > 0);
  const open = closable.find((one) => one.mayExcept.length > 0);
  if (made.length === 0 && closable.length === 0) return null;
  return (
    <section className="panel table-scroll">
      <h2>Exceptions</h2>
      {made.length > 0 && (
        <table>
          <thead>
            <tr>
              <th>From</th>
              <th>To</th>
              <th>Of</th>
              <th>By</th>
              <th>Why</th>
            </tr>
          </thead>
          <tbody>
            {made.map(({ id, environment, from, to, by, reason }) => (
              <tr key={id}>
                <Moment at={from} />
                <Moment at={to} />
                <td>{environment}</td>
                <td>
                  <Person id={by} />
                </td>
                <td>{reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="soft">{whoMay(closable)}</p>
      {open !== undefined && (
        <Command line={commands.except(open.environment)} label="Make one in a terminal" />
      )}
    </section>
  );
}

function Moment({ at }: { readonly at: number }) {
  const zone = useZone();
  return (
    <td className="num" title={exactText(at, zone)}>
      {momentText(at, zone)}
    </td>
  );
}

/** Each group of roles once, with where they may; nobody is a group, too. */
function whoMay(environments: readonly EnvironmentCalendar[]): string {
  const groups = new Map<string, string[]>();
  for (const { environment, mayExcept } of environments) {
    const roles = mayExcept.join(' or ');
    groups.set(roles, [...(groups.get(roles) ?? []), environment]);
  }
  return [...groups]
    .map(([roles, names]) =>
      roles === ''
        ? `Nobody may make one for ${names.join(', ')}: rung.yaml names nobody there under waive.`
        : `For ${names.join(', ')}, ${roles} may make one.`,
    )
    .join(' ');
}
