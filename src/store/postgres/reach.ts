import { isFailure } from '../../domain/failure.ts';
import type { Log } from '../../domain/log.ts';
import type { Clock } from '../../engine/clock.ts';
import { databaseSilent } from '../failures.ts';
import { asFailure } from './failure.ts';

/** A server that stands still keeps its connections open: nothing but a clock can tell. */
const answersWithinMs = 10_000;

export type Reach = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Runs what needs the database, and names the failure when it cannot be reached, says no or says nothing; in the log
 * once, and once more when it is back. What has begun by then is not called off, and may still be done.
 */
export function createReach(clock: Clock, log: Log): Reach {
  let trouble: string | null = null;
  const failed = (thrown: unknown): unknown => {
    const failure = asFailure(thrown);
    if (!isFailure(failure) || !failure.code.startsWith('database-') || failure.code === 'database-busy')
      return failure;
    if (failure.code !== trouble)
      log.warn({ code: failure.code, wayOut: failure.wayOut }, `${failure.message} Whoever needs it waits.`);
    trouble = failure.code;
    return failure;
  };
  const succeeded = (): void => {
    if (trouble !== null) log.info({ after: trouble }, 'The database is back');
    trouble = null;
  };
  return async (work) => {
    const silence = Promise.withResolvers<never>();
    using _timer = clock.after(answersWithinMs, () => silence.reject(databaseSilent(answersWithinMs)));
    try {
      const answer = await Promise.race([work(), silence.promise]);
      succeeded();
      return answer;
    } catch (thrown) {
      throw failed(thrown);
    }
  };
}
