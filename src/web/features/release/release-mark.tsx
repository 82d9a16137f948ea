import { Link } from '@tanstack/react-router';
import type { ReleaseView } from '../../api/views.ts';
import { Button } from '../../components/button.tsx';
import { StateMark } from '../../components/state-mark.tsx';
import { EnvironmentLink } from '../../components/version-link.tsx';
import { useProject } from '../../shell/project-context.ts';
import { useAct } from '../../shell/use-act.ts';
import { Relative } from '../../time/moment.tsx';

export const ReleaseMarkWords = () => (
  <>
    &ensp;
    <StateMark tone="bad">taken back</StateMark>
  </>
);

interface ReleaseMarkPanelProps {
  readonly version: string;
  readonly mark: NonNullable<ReleaseView['mark']>;
}

/** Why automation leaves this release alone, and how a person lifts that. */
export function ReleaseMarkPanel({ version, mark }: ReleaseMarkPanelProps) {
  const { project } = useProject();
  const { open } = useAct();
  return (
    <section className="panel">
      <h2>
        <StateMark tone="bad">Marked: it was taken back</StateMark>
      </h2>
      <p>
        From <EnvironmentLink name={mark.environment} />, <Relative at={mark.at} />: {mark.reason}
      </p>
      <p className="soft">Automation does not try this release again until a person lifts the mark.</p>
      <div className="acts">
        <Button onClick={() => open({ act: 'lift-mark', release: version })}>Lift the mark…</Button>
        <Link
          className="link"
          to="/projects/$project/rollouts/$rollout"
          params={{ project, rollout: mark.rollout }}
        >
          The evidence
        </Link>
      </div>
    </section>
  );
}
