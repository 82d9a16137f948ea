import { isThere, variantsOf } from '../../../domain/plan.ts';
import type { BlockerRule } from '../admit.ts';

/**
 * Nothing would change. Another release with the same artifacts does change something: what is known to run here, and
 * with it the way to the next rung.
 */
export const alreadyThere: BlockerRule = ({ plan, target, release, live }) => {
  if (plan.changes.some(({ action }) => action !== 'keep')) return [];
  const services = plan.changes.map(({ service }) => service);
  if (!isThere(target, variantsOf(release, services))) return [];
  return [
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
