import type { BlockerRule } from '../admit.ts';

/** Nothing would change. */
export const alreadyThere: BlockerRule = ({ plan, target, release }) =>
  plan.changes.some((change) => change.action !== 'keep')
    ? []
    : [
        {
          kind: 'already there',
          reason: `${target.name} runs ${release.version} already.`,
          wayOut: 'There is nothing to do.',
          effect: 'refused',
          liftedBy: { kind: 'promotion', environment: target.name },
          earliest: null,
        },
      ];
