import type { EvidenceFacts } from '../../../domain/evidence/evidence.ts';
import { Failure } from '../../../domain/failure.ts';
import { isSaidByPeople } from '../../../domain/evidence/said.ts';
import { asPerson } from '../../callers.ts';
import type { Caller } from '../../face.ts';
import type { SayEvidence } from '../../evidence-face.ts';

/** Who may say it: a sign-off is a person's; what a forge or a tracker says may come from a program. */
export function needSpeaker(facts: { readonly kind: string }, caller: Caller): void {
  if (isSaidByPeople(facts.kind)) asPerson(caller, sayings[facts.kind] ?? 'say this');
}

const sayings: Readonly<Record<string, string>> = {
  uat: 'accept a release',
  'rollback-plan': 'answer for a rollback plan',
  checklist: 'tick off a checklist',
};

/** What was said, by whom: that is never taken from what was sent. */
export function inOwnName(facts: SayEvidence['facts'], { actor }: Caller): EvidenceFacts {
  if (facts.kind !== 'rollback-plan') return facts;
  if (actor.kind !== 'person') throw new Failure('defect', 'plan-without-writer', 'Nobody wrote this plan.');
  return { ...facts, writtenBy: actor.id, reviewedBy: [] };
}

/** What the shape alone does not say. */
export function needSense({ facts, environment }: SayEvidence): void {
  if (facts.kind === 'uat' && environment === undefined)
    throw new Failure('invalid', 'uat-nowhere', 'It does not say where users tried the release.', {
      wayOut: 'Name the environment, for example --in sit.',
    });
  if (facts.kind === 'uat' && facts.verdict === 'accepted' && facts.scenarios.some((one) => !one.passed))
    throw new Failure(
      'invalid',
      'uat-contradicts-itself',
      'It is accepted, and yet a scenario did not pass.',
      {
        wayOut: 'Reject it, or say of each scenario that it passed.',
      },
    );
  if (facts.kind === 'checklist' && facts.items.length === 0)
    throw new Failure('invalid', 'checklist-empty', 'No item of the checklist is named.', {
      wayOut: 'Name what was done: --done "On-call engineer assigned"',
    });
}
