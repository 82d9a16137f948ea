import { digestOfJson } from '../../../domain/canonical.ts';
import { ofKind, speaking } from '../../../domain/evidence/evidence.ts';
import type { RollbackPlanFacts } from '../../../domain/evidence/said.ts';
import { Failure } from '../../../domain/failure.ts';
import type { ActorId, Digest } from '../../../domain/ids.ts';
import type { Release } from '../../../domain/release.ts';
import type { Reader } from '../../../engine/store.ts';
import { everyOne } from '../../lookup.ts';

/**
 * The release's rollback plan with one reader more. Denied to its writer; conflict where it says something else than
 * the piece of evidence that was looked at.
 */
export async function planReadBy(
  tx: Reader,
  { project, version, manifest }: Release,
  looked: string,
  reader: ActorId,
): Promise<RollbackPlanFacts> {
  const stored = await everyOne(tx, project, 'evidence', { tree: manifest.tree, name: 'rollback-plan' });
  const plans = ofKind(
    stored.map(({ value }) => value),
    'rollback-plan',
  );
  const newest = ofKind(speaking(plans), 'rollback-plan')[0]?.facts;
  if (newest === undefined)
    throw new Failure('absent', 'rollback-plan-missing', `${version} has no rollback plan yet.`, {
      wayOut: `Write it down: rung rollback-plan ${version} --steps FILE --minutes 5`,
    });
  const seen = plans.find(({ id }) => id === looked)?.facts;
  if (seen === undefined || textDigest(seen) !== textDigest(newest))
    throw new Failure('conflict', 'rollback-plan-changed', 'The plan is no longer the one you read.', {
      wayOut: `Read the new one: rung rollback-plan ${version}`,
    });
  if (newest.writtenBy === reader)
    throw new Failure(
      'denied',
      'rollback-plan-read-by-writer',
      'You wrote it: another person has to read it.',
      {
        wayOut: 'Ask somebody else to read it.',
      },
    );
  return { ...newest, reviewedBy: [...newest.reviewedBy.filter((one) => one !== reader), reader] };
}

const textDigest = ({ reviewedBy: _readers, ...text }: RollbackPlanFacts): Digest => digestOfJson(text);
