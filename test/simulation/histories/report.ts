import { eventKinds } from '../../../src/domain/event.ts';
import type { PromotionPhase } from '../../../src/domain/promotion.ts';
import type { RolloutPhase } from '../../../src/domain/rollout/types.ts';
import { transitionsAllowed } from './invariants/rollouts.ts';
import { everyPoint, everySpring, type Reached, type Tally } from './reached.ts';
import { kindsOfStep } from './steps/index.ts';

/** Total, so that the compiler asks for a phase that is added. */
const promotionPhases: Readonly<Record<PromotionPhase, true>> = {
  waiting: true,
  running: true,
  succeeded: true,
  'rolled back': true,
  failed: true,
  rejected: true,
  withdrawn: true,
  superseded: true,
};

const allTransitions = Object.entries(transitionsAllowed).flatMap(([from, to]) =>
  to.filter((one) => one !== from).map((one) => `${from} → ${one}`),
);

/** All that there is to be reached, where the code itself says what that is. */
const everything: Partial<Record<keyof Reached['tallies'], readonly string[]>> = {
  'program points': everyPoint,
  'kills and stops': everySpring,
  steps: kindsOfStep.map(({ name }) => name),
  'phases of rollouts': (Object.keys(transitionsAllowed) as (RolloutPhase | 'nothing')[]).filter(
    (phase) => phase !== 'nothing',
  ),
  'transitions of rollouts': allTransitions,
  'phases of promotions': Object.keys(promotionPhases),
  events: eventKinds,
};

/** What is no part of histories, and where it is tried instead. */
const leftOut = [
  'HTTP, its limits and its refusals: test/attack, test/api',
  'how people sign in, and the signatures of agents: test/api, test/attack (a key that is revoked is asked for as the door asks)',
  'PostgreSQL and its queue: test/conformance, the suites on real processes',
  'Git, and how project files are read from it: test/conformance, test/journeys',
  'requests one by one, connections, draining: src/gateway, test/gateway',
  'files of evidence and their formats: test/evidence (what is said outright is in)',
  'the expiry of payloads, which takes ninety days: test/journeys',
] as const;

/** Which states, transitions and points were met, and which never were. */
export function reportOf({ tallies }: Reached): string {
  const chapters = (Object.entries(tallies) as [keyof Reached['tallies'], Tally][]).map(([name, tally]) =>
    chapter(name, tally, everything[name]),
  );
  return [...chapters, `left out: ${leftOut.join('; ')}`].join('\n');
}

function chapter(name: string, tally: Tally, all: readonly string[] | undefined): string {
  const met = [...tally].toSorted(([, left], [, right]) => right - left);
  const seldom = met.slice(-8).map(([what, times]) => `${what} ${times}`);
  if (all === undefined) return `${name}: ${met.map(([what, times]) => `${what} ${times}`).join(', ')}`;
  const never = all.filter((one) => !tally.has(one));
  const lines = [`${name}: ${all.length - never.length} of ${all.length}; seldom: ${seldom.join(', ')}`];
  if (never.length > 0) lines.push(`  never: ${never.join(', ')}`);
  return lines.join('\n');
}
