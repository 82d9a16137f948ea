import { later } from '../../../domain/ids.ts';
import { ranForMs, releaseIn } from '../../../domain/environment.ts';
import { spanText } from '../../../domain/wording.ts';
import type { BlockerRule } from '../admit.ts';
import { sourceOf } from '../facts.ts';

/** Time in the source environment. Counts while the release ran there; the clock stands while it did not. */
export const soak: BlockerRule = (facts, now) => {
  const source = sourceOf(facts);
  const gate = facts.rung?.step.gates.find((one) => one.kind === 'soak');
  if (source === null || gate === undefined) return [];
  const { release } = facts;
  const leftMs = gate.forMs - ranForMs(source, release.id, now);
  if (leftMs <= 0) return [];
  const runs = releaseIn(source) === release.id;
  return [
    {
      kind: 'soak',
      reason: runs
        ? `${release.version} has run in ${source.name} for ${spanText(gate.forMs - leftMs)} of ${spanText(gate.forMs)}.`
        : `${release.version} does not run in ${source.name}; it has to for another ${spanText(leftMs)}.`,
      wayOut: runs ? 'Wait: it lifts by itself.' : `Promote it to ${source.name} first.`,
      effect: 'waits',
      liftedBy: runs ? { kind: 'time' } : { kind: 'promotion', environment: source.name },
      earliest: later(now, leftMs),
    },
  ];
};
