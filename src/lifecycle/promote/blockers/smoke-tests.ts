import { deploymentOf } from '../../../domain/environment.ts';
import type { BlockerRule } from '../admit.ts';
import { sourceOf } from '../facts.ts';

/** REL-6: the release's own smoke tests passed in the source environment. Having none is not passing. */
export const smokeTests: BlockerRule = (facts) => {
  const source = sourceOf(facts);
  if (source === null || !facts.rung?.step.gates.some((gate) => gate.kind === 'smoke')) return [];
  const deployment = deploymentOf(source, facts.release.id);
  if (deployment?.smoke === 'passed') return [];
  return [
    {
      kind: 'smoke tests',
      reason:
        deployment === null
          ? `The smoke tests of ${facts.release.version} have not run in ${source.name}.`
          : `${facts.release.version} brings no smoke tests, and ${facts.target.name} asks for them.`,
      wayOut:
        deployment === null
          ? `Promote it to ${source.name} first: they run there.`
          : 'Give each service a `smoke` command in rung.yaml and build a new release.',
      effect: 'waits',
      liftedBy: { kind: 'promotion', environment: source.name },
      earliest: null,
    },
  ];
};
