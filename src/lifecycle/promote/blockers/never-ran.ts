import type { BlockerRule } from '../admit.ts';

/** REL-10: a rollback goes to what has proved itself in this environment. */
export const neverRan: BlockerRule = ({ target, release, hasRunIn }) =>
  hasRunIn.has(target.id)
    ? []
    : [
        {
          kind: 'order',
          reason: `${release.version} has never run in ${target.name}, so there is nothing to go back to.`,
          wayOut: `Choose a version that has run there (rung status --environment ${target.name}), or promote this one.`,
          effect: 'refused',
          liftedBy: { kind: 'promotion', environment: target.name },
          earliest: null,
        },
      ];
