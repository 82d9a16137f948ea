import { actorName } from '../../../domain/actor.ts';
import { peopleOf } from '../../../domain/roles.ts';
import { needsSource, type GateRule } from './gate-rule.ts';

/** OPS-4: an operator looked at the source environment and said that it is good. */
export const validation: GateRule<'validation'> = needsSource((_, { release, file }, source) => {
  const { validation: said } = source;
  if (said?.release === release.id)
    return {
      state: 'passed',
      says: `${actorName(said.by)} said that ${release.version} is good in ${source.name}.`,
    };
  return {
    state: 'missing',
    says: `Nobody has validated ${release.version} in ${source.name} yet.`,
    wayOut: `Look at ${source.name}, then say that it is good: rung validate ${source.name}`,
    liftedBy: peopleOf(file),
  };
});
