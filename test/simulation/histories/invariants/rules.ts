import type { Environment } from '../../../../src/domain/environment.ts';
import type { ActorId } from '../../../../src/domain/ids.ts';
import { rungOf } from '../../../../src/domain/pipeline.ts';
import { rolesAmong } from '../../../../src/domain/roles.ts';
import { compareRules, isWeaker } from '../../../../src/domain/rules/index.ts';
import type { World } from '../world.ts';
import { eachTime, type Invariant } from './invariant.ts';

/** What is wrong with an environment of people's production following another file; null: nothing. */
function weakenedAlone(before: Environment, after: Environment, { ledger }: World): string | null {
  const from = ledger.get('rules', before.rules.file)?.file;
  const to = ledger.get('rules', after.rules.file)?.file;
  if (from === undefined || to === undefined) return 'a file in force is not kept';
  if (before.spec.tier !== 'production' || !isWeaker(compareRules(from, to, before.name))) return null;
  const policy = rungOf(from, before.name)?.step.approvals;
  const proposal = ledger
    .all('proposal')
    .findLast((one) => one.environment === before.id && one.to === after.rules.file);
  if (policy === undefined || proposal === undefined) return 'nobody proposed it';
  const people = new Set<ActorId>();
  for (const { by, hash } of proposal.approvals) {
    const isProposer = proposal.proposedBy.kind === 'person' && proposal.proposedBy.id === by;
    const mayApprove = rolesAmong(from, by, policy.from).length > 0 && !(policy.notRequester && isProposer);
    if (hash === proposal.hash && mayApprove) people.add(by);
  }
  return people.size < policy.count ? `${people.size} of ${policy.count} agreed` : null;
}

export const ofRules: readonly Invariant[] = [
  {
    id: 'weaker-only-agreed',
    sentence:
      'A production environment follows a project file that weakens its rules only once its approvers, by the rules in force, agreed to that very file.',
    begin: eachTime({
      commit: ({ puts }, world) => {
        for (const put of puts) {
          if (put.kind !== 'environment' || put.before === undefined || put.after === undefined) continue;
          const [before, after] = [put.before as Environment, put.after as Environment];
          const problem = before.rules.file === after.rules.file ? null : weakenedAlone(before, after, world);
          if (problem !== null) return `${after.name} follows a weaker file: ${problem}`;
        }
        return null;
      },
    }),
  },
];
