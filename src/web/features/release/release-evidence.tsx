import { useQuery } from '@tanstack/react-query';
import { evidenceQuery, waiversQuery } from '../../api/queries.ts';
import type { WaiverView } from '../../api/views.ts';
import { Button } from '../../components/button.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { Person, Roles } from '../../components/person.tsx';
import { EnvironmentLink } from '../../components/version-link.tsx';
import { useProject } from '../../shell/project-context.ts';
import { useAct } from '../../shell/use-act.ts';
import { Relative } from '../../time/moment.tsx';
import { EvidenceEntry } from '../gate/evidence-entry.tsx';
import '../gate/gate.css';

/** Everything that was found out about a release, newest first, and every gate that was waived for it. */
export function ReleaseEvidence({ version }: { readonly version: string }) {
  const { project, board } = useProject();
  const { open } = useAct();
  const { data: evidence, error } = useQuery(evidenceQuery(project, version));
  const { data: waivers = [] } = useQuery(waiversQuery(project, version));
  return (
    <section className="panel">
      <h2>What was found out about it</h2>
      {error !== null && <FailureNote error={error} />}
      {evidence?.length === 0 && <p className="soft">Nobody has handed anything over yet.</p>}
      {evidence !== undefined && evidence.length > 0 && (
        <ul className="evidence-list">
          {evidence.map((one) => (
            <EvidenceEntry
              key={one.id}
              evidence={one}
              release={version}
              says={one.environment === null ? one.says : `${one.says} (in ${one.environment})`}
            />
          ))}
        </ul>
      )}
      {waivers.map((one) => (
        <Waiver key={one.id} waiver={one} />
      ))}
      <div className="acts panel-foot">
        <Button
          small
          off={board.viewer.roles.length === 0 ? 'You have no role here' : null}
          onClick={() => open({ act: 'upload', release: version })}
        >
          Hand over a file…
        </Button>
      </div>
    </section>
  );
}

const Waiver = ({
  waiver: { gate, environment, by, roles, at, reason },
}: {
  readonly waiver: WaiverView;
}) => (
  <p className="gate-waiver">
    <b>{gate}</b> was waived for <EnvironmentLink name={environment} /> by <Person id={by} /> (
    <Roles roles={roles} />) <Relative at={at} />: “{reason}”
  </p>
);
