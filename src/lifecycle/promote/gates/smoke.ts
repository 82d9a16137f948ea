import { deploymentOf } from '../../../domain/environment.ts';
import { peopleOf } from '../../../domain/roles.ts';
import { needsSource, type GateRule } from './gate-rule.ts';

/** REL-6: the release's own smoke tests passed in the source environment. Having none is not passing. */
export const smoke: GateRule<'smoke'> = needsSource((_, { release, target, file }, source) => {
  const deployment = deploymentOf(source, release.id);
  if (deployment?.smoke === 'passed')
    return { state: 'passed', says: `The smoke tests of ${release.version} passed in ${source.name}.` };
  if (deployment === null)
    return {
      state: 'missing',
      says: `The smoke tests of ${release.version} have not run in ${source.name}.`,
      wayOut: `Promote it to ${source.name} first: they run there.`,
      liftedBy: { kind: 'promotion', environment: source.name },
    };
  return {
    state: 'failed',
    says: `${release.version} brings no smoke tests, and ${target.name} asks for them.`,
    wayOut: 'Give each service a `smoke` command in rung.yaml and build a new release.',
    liftedBy: peopleOf(file),
  };
});
