import { matchesBranch } from '../../../domain/branch.ts';
import type { Blocker } from '../../../domain/admission.ts';
import type { Environment } from '../../../domain/environment.ts';
import type { PipelineStep } from '../../../domain/project-file/types.ts';
import type { Release } from '../../../domain/release.ts';
import { listText } from '../../../domain/wording.ts';
import type { BlockerRule } from '../admit.ts';

/** OPS-1, OPS-5: a release climbs one rung at a time. Every rung before the target must be there, and have run it, whole. */
export const order: BlockerRule = ({ rung, before, hasRunIn, release, target }) => {
  if (rung === null)
    return [
      {
        kind: 'order',
        reason: `No pipeline leads to ${target.name}.`,
        wayOut: `Add ${target.name} as a step of a pipeline in rung.yaml.`,
        effect: 'refused',
        liftedBy: { kind: 'promotion', environment: target.name },
        earliest: null,
      },
    ];
  const absent = rung.before.filter(({ environment }) => !before.some(({ name }) => name === environment));
  if (absent.length > 0) return [notThere(absent, target)];
  const skipped = before.filter((environment) => !hasRunIn.has(environment.id));
  const [first] = skipped;
  if (first === undefined) return [];
  const names = listText(skipped.map((environment) => environment.name));
  return [
    {
      kind: 'order',
      reason: `${release.version} has not run in ${names}; the way to ${target.name} leads through ${skipped.length === 1 ? 'it' : 'them'}.`,
      wayOut: wayOutOf(release, first),
      effect: 'refused',
      liftedBy: { kind: 'promotion', environment: first.name },
      earliest: null,
    },
  ];
};

/** A pushed project file may put an environment on the way that comes to exist with the next `rung up` alone. */
function notThere(absent: readonly PipelineStep[], { name }: Environment): Blocker {
  const names = absent.map(({ environment }) => environment);
  return {
    kind: 'order',
    reason: `The way to ${name} leads through ${listText(names)}, not there yet.`,
    wayOut: 'Run rung up again beside the project file: it makes what is new there, with agent and keys.',
    effect: 'refused',
    liftedBy: { kind: 'promotion', environment: names[0] ?? name },
    earliest: null,
  };
}

/** What was committed past the branch that the first rung follows, as a fix straight on a release branch, never climbs by itself. */
function wayOutOf({ version, branch }: Release, { name, spec: { source } }: Environment): string {
  const first = `it to ${name} first: rung promote ${version} --to ${name}`;
  if (source === undefined || matchesBranch(source, branch)) return `Promote ${first}`;
  return `It was built from ${branch}, and ${name} follows ${source}: merge ${branch} back into ${source}, and what is built there climbs. Or promote ${first}`;
}
