import { useQuery } from '@tanstack/react-query';
import { delegationsQuery } from '../../api/queries.ts';
import type { DelegationView } from '../../api/views.ts';
import { Button } from '../../components/button.tsx';
import { Command } from '../../components/command.tsx';
import { Empty } from '../../components/empty.tsx';
import { Page } from '../../components/page.tsx';
import { Person, Roles } from '../../components/person.tsx';
import { offFor } from '../../components/whose.ts';
import { useProject } from '../../shell/project-context.ts';
import { useAct } from '../../shell/use-act.ts';
import { DayAndTime } from '../../time/moment.tsx';
import { useNow } from '../../time/now.ts';
import { endOff, isStanding } from './delegation-words.ts';

/** Who stands in for whom: now, and who did until their time was over; of those that were ended before tells the log. */
export function DelegationsPage() {
  const { project } = useProject();
  const { data, error } = useQuery(delegationsQuery(project));
  const now = useNow();
  const standing = data?.filter((one) => isStanding(one, now)) ?? [];
  const over = data?.filter((one) => !isStanding(one, now)) ?? [];
  return (
    <Page title="Standing in" acts={<DelegateAct />} error={error}>
      {data?.length === 0 && <NobodyYet />}
      {standing.length > 0 && <Delegations title="Now" of={standing} />}
      {over.length > 0 && <Delegations title="Before" of={over} />}
    </Page>
  );
}

function DelegateAct() {
  const { board } = useProject();
  const { open } = useAct();
  return (
    <Button tone="main" off={offFor(undefined, board.viewer)} onClick={() => open({ act: 'delegate' })}>
      Let somebody stand in for you…
    </Button>
  );
}

const NobodyYet = () => (
  <Empty title="Nobody stands in for anybody">
    <p>
      Whoever is away lets somebody else approve in their name, for a while and with a reason, so that nothing
      waits for them. An approval given so names both, and the two never count as two people.
    </p>
    <Command line="rung delegate --to PERSON --until +7d --reason …" />
  </Empty>
);

interface DelegationsProps {
  readonly title: string;
  readonly of: readonly DelegationView[];
}

function Delegations({ title, of }: DelegationsProps) {
  return (
    <section className="panel table-scroll" aria-label={`Who stands in: ${title.toLowerCase()}`}>
      <h2>{title}</h2>
      <table>
        <thead>
          <tr>
            <th>Who</th>
            <th>For</th>
            <th>As</th>
            <th>Until</th>
            <th>Why</th>
            <th>
              <span className="sr-only">End it</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {of.map((one) => (
            <Delegation key={one.id} delegation={one} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Delegation({ delegation }: { readonly delegation: DelegationView }) {
  const { board } = useProject();
  const { open } = useAct();
  const now = useNow();
  const { id, by, to, roles, until, reason } = delegation;
  return (
    <tr>
      <td>
        <b>
          <Person id={to} />
        </b>
      </td>
      <td>
        <Person id={by} />
      </td>
      <td>
        <Roles roles={roles} />
      </td>
      <td>
        <DayAndTime at={until} />
      </td>
      <td>{reason}</td>
      <td>
        {isStanding(delegation, now) && (
          <Button
            small
            off={endOff(delegation, board.viewer)}
            onClick={() => open({ act: 'end-delegation', delegation: id })}
          >
            End it…
          </Button>
        )}
      </td>
    </tr>
  );
}
