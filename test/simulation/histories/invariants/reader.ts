import type { ChainedEvent } from '../../../../src/domain/event.ts';
import type { World } from '../world.ts';
import type { Watch } from './invariant.ts';

const pageSize = 40;

/** Somebody who follows the log from page to page by its cursor, at any replica, whatever happens to them. */
export class LogReader implements Watch {
  #read: ChainedEvent[] = [];
  #isReading = false;

  readonly step = (world: World): null => {
    const replica = world.anyReplica(world.chance('reader of the log'));
    if (this.#isReading || replica?.scope.state !== 'running') return null;
    this.#isReading = true;
    const over = (): void => void (this.#isReading = false);
    // A replica that dies never answers: whoever waits for it asks another one.
    replica.scope.onEnd(over);
    void this.#next(world, async (after) => replica.control.eventsAfter(replica.project, after, pageSize))
      .catch(() => undefined)
      .finally(over);
    return null;
  };

  /** The log was set back: whoever follows it begins again, as a new cursor does. */
  readonly restored = (): void => {
    this.#read = [];
  };

  /** Reads the rest, and compares with what was committed. */
  readonly end = async (world: World): Promise<string | null> => {
    const { project } = world.ledger;
    if (project === null) return null;
    await world.store.chain(project);
    const last = this.#read.length;
    await this.#next(world, (after) => world.store.events(project, after, 100_000));
    const { events } = world.ledger;
    const missed = events.findIndex((event, index) => this.#read[index]?.message !== event.message);
    if (missed >= 0) return `of ${events.length} events, "${events[missed]?.message ?? ''}" was missed`;
    return this.#read.length === events.length
      ? null
      : `${this.#read.length - events.length} too many, after ${last}`;
  };

  async #next(world: World, page: (after: number) => Promise<readonly ChainedEvent[]>): Promise<void> {
    const after = this.#read.at(-1)?.position ?? 0;
    const events = await page(after);
    // Another page may have come meanwhile: who waits for two takes the first.
    if ((this.#read.at(-1)?.position ?? 0) === after) this.#read.push(...events);
    world.reached.note('answers', 'a page of the log');
  }
}
