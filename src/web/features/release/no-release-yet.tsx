import { Command } from '../../components/command.tsx';
import { Empty } from '../../components/empty.tsx';
import { useProject } from '../../shell/project-context.ts';

/** The first step of all: a commit on the branch that the first environment follows. */
export function NoReleaseYet() {
  const { board } = useProject();
  const first = board.environments.find((one) => one.source !== null && one.deploy === 'on-merge');
  const branch = first?.source ?? 'main';
  return (
    <Empty title="No release yet">
      <p>
        A release is made from a commit. Push one to <code className="mono">{branch}</code>
        {first !== undefined && `, the branch ${first.name} follows`}: Rung builds it, gives it a version
        {first !== undefined && `, and puts it into ${first.name} by itself`}.
      </p>
      <Command line={`git push rung HEAD:${branch}`} label="In your repository" />
      <p className="soft">What happens then is shown here as it happens.</p>
    </Empty>
  );
}
