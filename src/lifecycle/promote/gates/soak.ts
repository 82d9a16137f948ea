import { later } from '../../../domain/ids.ts';
import { ranForMs, releaseIn } from '../../../domain/environment.ts';
import { spanText } from '../../../domain/wording.ts';
import { needsSource, type GateRule } from './gate-rule.ts';

/** Time in the source environment. Counts while the release ran there; the clock stands while it did not. */
export const soak: GateRule<'soak'> = needsSource(({ forMs }, { release }, source, now) => {
  const leftMs = forMs - ranForMs(source, release.id, now);
  if (leftMs <= 0)
    return { state: 'passed', says: `${release.version} has run in ${source.name} for ${spanText(forMs)}.` };
  const runs = releaseIn(source) === release.id;
  return {
    state: runs ? 'waits' : 'missing',
    says: runs
      ? `${release.version} has run in ${source.name} for ${spanText(forMs - leftMs)} of ${spanText(forMs)}.`
      : `${release.version} does not run in ${source.name}; it has to for another ${spanText(leftMs)}.`,
    wayOut: runs ? 'Wait: it lifts by itself.' : `Promote it to ${source.name} first.`,
    liftedBy: runs ? { kind: 'time' } : { kind: 'promotion', environment: source.name },
    earliest: runs ? later(now, leftMs) : null,
  };
});
