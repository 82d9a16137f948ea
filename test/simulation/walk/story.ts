import { expect } from 'vitest';
import { genesisLink, linkOf } from '../../../src/domain/audit/index.ts';
import type { ChainedEvent, EventKind } from '../../../src/domain/event.ts';
import type { Digest } from '../../../src/domain/ids.ts';
import type { PromotionPhase } from '../../../src/domain/promotion.ts';
import { rolesOf } from '../../../src/domain/roles.ts';
import { distinctRoles } from '../../../src/domain/approvals.ts';
import { stateOf, type State } from './invariants.ts';
import { soakMs, type World } from './world.ts';

/** The log alone must tell what happened, and that everything was allowed. */
export async function checkStory(world: World): Promise<void> {
  const { plane } = world;
  await plane.chainNow();
  const events = await plane.parts.store.events(plane.project, 0, 100_000);
  checkChain(world, events);
  const state = await stateOf(world);
  checkEndings(events, state);
  checkMarks(events);
  checkGivingWay(events, state);
  await checkStarts(world, events, state);
}

function checkChain({ plane }: World, events: readonly ChainedEvent[]): void {
  let previous: Digest = genesisLink(plane.project);
  for (const [index, { position, payloadDigest, link }] of events.entries()) {
    expect(position).toBe(index + 1);
    previous = linkOf({ project: plane.project, position, previous, payloadDigest });
    expect(link).toBe(previous);
  }
}

const endings: Partial<Record<PromotionPhase, EventKind>> = {
  succeeded: 'promotion.succeeded',
  'rolled back': 'promotion.rolled-back',
  failed: 'promotion.failed',
  rejected: 'promotion.rejected',
  withdrawn: 'promotion.withdrawn',
  superseded: 'promotion.superseded',
};

/** No state without an event that says so, and no such event without the state. */
function checkEndings(events: readonly ChainedEvent[], { promotions, rollouts }: State): void {
  const told = (subject: string, kinds: readonly EventKind[]): readonly EventKind[] =>
    events.filter((one) => one.subject === subject && kinds.includes(one.kind)).map((one) => one.kind);
  const all = Object.values(endings);
  for (const { id, state } of promotions) {
    const rollout = rollouts.find((one) => one.promotion === id);
    const said = [
      ...told(`promotion/${id}`, all),
      ...(rollout === undefined ? [] : told(`rollout/${rollout.id}`, all)),
    ];
    const expected = endings[state.phase];
    expect(said, `promotion ${id} is ${state.phase}`).toEqual(expected === undefined ? [] : [expected]);
    expect(told(`promotion/${id}`, ['promotion.requested'])).toHaveLength(1);
  }
  for (const { id, state } of rollouts) {
    const last = events.findLast((one) => one.subject === `rollout/${id}`);
    expect(last?.payload?.['phase'] ?? 'preflight', `rollout ${id}`).toBe(state.phase);
  }
}

/** Only what is held or watched gives way, and only to a rollback that a person asked for. */
function checkGivingWay(events: readonly ChainedEvent[], { promotions, rollouts }: State): void {
  for (const { id, state } of rollouts) {
    if (state.phase !== 'superseded') continue;
    const before = events.filter((one) => one.subject === `rollout/${id}`).at(-2);
    expect(['held', 'watching']).toContain(before?.payload?.['phase']);
    const to = promotions.find((one) => one.id === state.by);
    expect([to?.kind, to?.requestedBy.kind]).toEqual(['rollback', 'person']);
  }
}

/** Nothing that carries a mark is ever started, but to go back. */
function checkMarks(events: readonly ChainedEvent[]): void {
  const marked = new Set<string>();
  const goingBack = new Set(
    events
      .filter((one) => one.kind === 'promotion.requested' && one.message.includes('rollback'))
      .map((one) => one.subject),
  );
  for (const event of events) {
    if (event.kind === 'release.marked') marked.add(event.subject);
    if (event.kind === 'release.mark-lifted') marked.delete(event.subject);
    if (event.kind === 'promotion.started' && !goingBack.has(event.subject))
      expect(marked).not.toContain(`release/${String(event.payload?.['release'])}`);
  }
}

interface StartedPayload {
  readonly release: string;
  readonly approvals: readonly { readonly by: string; readonly at: number }[];
}

/** Order, soak and approvals, worked out again from the log for every start. */
async function checkStarts(
  world: World,
  events: readonly ChainedEvent[],
  { promotions }: State,
): Promise<void> {
  const file = await world.plane.control.rules(world.plane.project);
  for (const event of events.filter((one) => one.kind === 'promotion.started')) {
    const promotion = promotions.find((one) => event.subject === `promotion/${one.id}`);
    if (promotion?.kind !== 'promotion') continue;
    const { release, approvals } = event.payload as unknown as StartedPayload;
    const ran = (name: 'dev' | 'test'): boolean =>
      cameThrough(events, world.ids[name], release, event.position);
    if (event.environment === world.ids.test) expect(ran('dev')).toBe(true);
    if (event.environment !== world.ids.prod) continue;
    expect(ran('dev') && ran('test')).toBe(true);
    const counted = approvals.filter(
      ({ by }) => promotion.requestedBy.kind !== 'person' || promotion.requestedBy.id !== by,
    );
    const approvers = [...new Set(counted.map(({ by }) => by))];
    expect(approvers.length).toBeGreaterThanOrEqual(2);
    const roles = approvers.map((by) => rolesOf(file, by as never));
    expect(distinctRoles(roles)).toBeGreaterThanOrEqual(2);
    expect(ranMs(events, world.ids.test, release, event)).toBeGreaterThanOrEqual(soakMs.prod);
  }
}

const isEnd = (one: ChainedEvent): boolean =>
  one.kind === 'promotion.succeeded' ||
  (one.kind === 'promotion.superseded' && one.payload?.['percent'] === 100);

const cameThrough = (
  events: readonly ChainedEvent[],
  environment: string,
  release: string,
  before: number,
): boolean =>
  events.some(
    (one) =>
      one.position < before &&
      isEnd(one) &&
      one.environment === environment &&
      one.payload?.['release'] === release,
  );

/** For how long the newest that came through was this release, up to an event. Partial ones count here, too. */
function ranMs(
  events: readonly ChainedEvent[],
  environment: string,
  release: string,
  until: ChainedEvent,
): number {
  const ends = events.filter(
    (one) => one.position < until.position && isEnd(one) && one.environment === environment,
  );
  return ends.reduce((sum, one, index) => {
    const next = ends[index + 1]?.at ?? until.at;
    return one.payload?.['release'] === release ? sum + Math.max(0, next - one.at) : sum;
  }, 0);
}
