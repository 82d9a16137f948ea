import { genesisLink, linkOf } from '../../../../src/domain/audit/index.ts';
import type { ChainedEvent, EventKind, NewEvent } from '../../../../src/domain/event.ts';
import type { Digest, ProjectId } from '../../../../src/domain/ids.ts';
import type { Promotion, PromotionPhase } from '../../../../src/domain/promotion.ts';
import type { Commit } from '../plane/ledger.ts';
import type { World } from '../world.ts';
import { eachTime, type Invariant } from './invariant.ts';
import { LogReader } from './reader.ts';

/** How a promotion's end is told. */
const endings: Readonly<Record<PromotionPhase, readonly EventKind[]>> = {
  waiting: [],
  running: ['promotion.started'],
  succeeded: ['promotion.succeeded'],
  'rolled back': ['promotion.rolled-back'],
  failed: ['promotion.failed'],
  rejected: ['promotion.rejected'],
  withdrawn: ['promotion.withdrawn', 'promotion.emergency-expired'],
  superseded: ['promotion.superseded'],
};

const told = ({ events }: Commit, kinds: readonly EventKind[]): boolean =>
  kinds.some((kind) => events.some((one) => one.kind === kind));

export const ofLog: readonly Invariant[] = [
  {
    id: 'state-with-event',
    sentence: 'No promotion changes its state without an event in the same commit that says so.',
    begin: eachTime({
      commit: (commit) => {
        for (const put of commit.puts) {
          if (put.kind !== 'promotion' || put.after === undefined) continue;
          const before = (put.before as Promotion | undefined)?.state.phase;
          const after = (put.after as Promotion).state.phase;
          const kinds =
            before === undefined
              ? (['promotion.requested', 'promotion.emergency-asked'] as const)
              : endings[after];
          if (before !== after && kinds.length > 0 && !told(commit, kinds))
            return `${put.id} went from ${before ?? 'nothing'} to ${after} in silence`;
        }
        return null;
      },
    }),
  },
  {
    id: 'chain-whole',
    sentence:
      'Every committed event has its place in the chain, once and in the order of the commits; positions are dense, and each link covers the one before.',
    begin: eachTime({
      end: async (world) => {
        for (const { id } of await world.store.projects()) {
          const problem = await new Followed().follow(world, id);
          if (problem !== null) return problem;
        }
        return null;
      },
    }),
  },
  {
    id: 'cursor-misses-nothing',
    sentence: 'Whoever follows the log by its cursor, at whichever replica, gets every event once.',
    begin: () => new LogReader(),
  },
];

/** The chain as far as it was seen. */
class Followed {
  #position = 0;
  #link: Digest | null = null;

  async follow({ store, ledger }: World, project: ProjectId): Promise<string | null> {
    const committed = ledger.eventsOf(project);
    await store.chain(project);
    for (const event of await store.events(project, this.#position, 100_000)) {
      const problem = this.#next(event, committed[this.#position]);
      if (problem !== null) return problem;
    }
    const lost = committed.length - this.#position;
    return lost === 0 ? null : `${lost} events have no place`;
  }

  #next(event: ChainedEvent, committed: NewEvent | undefined): string | null {
    const { project, position, payloadDigest, link } = event;
    const previous = this.#link ?? genesisLink(project);
    this.#position += 1;
    this.#link = link;
    if (position !== this.#position) return `position ${position} comes after ${this.#position - 1}`;
    if (link !== linkOf({ project, position, previous, payloadDigest }))
      return `the link at ${position} is wrong`;
    const isSame = committed?.kind === event.kind && committed.message === event.message;
    return isSame
      ? null
      : `at ${position} is "${event.message}", committed was "${committed?.message ?? 'nothing'}"`;
  }
}
