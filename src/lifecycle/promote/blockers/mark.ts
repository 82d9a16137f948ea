import { peopleOf } from '../../../domain/roles.ts';
import type { BlockerRule } from '../admit.ts';

/** No flapping: a release that was taken back is not tried again until a person says so. */
export const mark: BlockerRule = ({ release, file }) =>
  release.mark === null
    ? []
    : [
        {
          kind: 'marked',
          reason: `${release.version} was taken back in ${release.mark.environment}: ${release.mark.reason}`,
          wayOut: `Mend it in a new release, or lift the mark: rung release lift-mark ${release.version} --reason …`,
          effect: 'refused',
          liftedBy: peopleOf(file),
          earliest: null,
        },
      ];
