import type { CalendarView, ExceptionView } from '../../api/views.ts';
import { Lifter } from '../../components/blocker-list.tsx';
import { Button } from '../../components/button.tsx';
import { Person } from '../../components/person.tsx';
import { offFor } from '../../components/whose.ts';
import { useProject } from '../../shell/project-context.ts';
import { useAct } from '../../shell/use-act.ts';
import { exactText } from '../../time/format.ts';
import { useZone } from '../../time/moment.tsx';
import { useNow } from '../../time/now.ts';
import { revokeOff } from './exception-words.ts';
import { momentText } from './mark-words.tsx';

type EnvironmentCalendar = CalendarView['environments'][number];

/** What named people opened; and for each environment that is not always open who may open it, with the button. */
export function Exceptions({ calendar }: { readonly calendar: CalendarView }) {
  const isMade = calendar.environments.some(({ exceptions }) => exceptions.length > 0);
  const closable = calendar.environments.filter((one) => one.windows.length + one.freezes.length > 0);
  if (!isMade && closable.length === 0) return null;
  return (
    <section className="panel table-scroll" aria-label="Exceptions">
      <h2>Exceptions</h2>
      {isMade && <Made calendar={calendar} />}
      <ul className="may-except">
        {closable.map((one) => (
          <MayExcept key={one.environment} calendar={one} />
        ))}
      </ul>
    </section>
  );
}

const Made = ({ calendar }: { readonly calendar: CalendarView }) => (
  <table>
    <thead>
      <tr>
        <th>From</th>
        <th>To</th>
        <th>Of</th>
        <th>By</th>
        <th>Why</th>
        <th>
          <span className="sr-only">End it</span>
        </th>
      </tr>
    </thead>
    <tbody>
      {calendar.environments.flatMap((one) =>
        one.exceptions.map((exception) => (
          <Exception key={exception.id} exception={exception} calendar={one} />
        )),
      )}
    </tbody>
  </table>
);

interface ExceptionProps {
  readonly exception: ExceptionView;
  readonly calendar: EnvironmentCalendar;
}

function Exception({ exception, calendar: { environment, mayExcept } }: ExceptionProps) {
  const { board } = useProject();
  const { open } = useAct();
  const isOver = exception.to <= useNow();
  const { id, from, to, by, reason } = exception;
  return (
    <tr>
      <Moment at={from} />
      <Moment at={to} />
      <td>{environment}</td>
      <td>
        <Person id={by} />
      </td>
      <td>{reason}</td>
      <td>
        {!isOver && (
          <Button
            small
            label={`End the exception of ${environment}`}
            off={revokeOff(exception, mayExcept, board.viewer)}
            onClick={() => open({ act: 'revoke-exception', exception: id })}
          >
            End it…
          </Button>
        )}
      </td>
    </tr>
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

function MayExcept({ calendar: { environment, mayExcept } }: { readonly calendar: EnvironmentCalendar }) {
  const { board } = useProject();
  const { open } = useAct();
  if (mayExcept.roles.length === 0)
    return (
      <li className="soft">
        Nobody may make one for {environment}: rung.yaml names nobody there under waive.
      </li>
    );
  return (
    <li>
      <span className="acts">
        <Button
          small
          off={offFor(mayExcept, board.viewer)}
          onClick={() => open({ act: 'except', on: environment })}
        >
          Open {environment} for a while…
        </Button>
      </span>
      <Lifter by={mayExcept} before="By" />
    </li>
  );
}
