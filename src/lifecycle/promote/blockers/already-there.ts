import { isThere, removedBy, variantsOf } from '../../../domain/plan.ts';
import type { BlockerRule } from '../admit.ts';

/**
 * Nothing would change. Another release with the same artifacts does change something: what is known to run here, and
 * with it the way to the next rung.
 */
export const alreadyThere: BlockerRule = ({ plan, target, release, live }) => {
  const services = plan.changes.map((change) => change.service);
  return removedBy(plan).length > 0 || !isThere(target, variantsOf(release, services))
    ? []
    : [
        {
          kind: 'already there',
          reason: `${target.name} runs ${release.version} already.`,
          wayOut:
            live === null
              ? 'There is nothing to do.'
              : `To end what is on its way there: rung abort ${target.name} --reason …`,
          effect: 'refused',
          liftedBy: { kind: 'promotion', environment: target.name },
          earliest: null,
        },
      ];
};
