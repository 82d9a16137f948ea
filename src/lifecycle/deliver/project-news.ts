import { genesisLink } from '../../domain/audit/chain.ts';
import type { Checkpoint } from '../../domain/audit/types.ts';
import type { Digest, EnvironmentId, ProjectId } from '../../domain/ids.ts';
import { keepLatest } from '../../domain/latest.ts';
import type { Clock } from '../../engine/clock.ts';
import type { Store } from '../../engine/store.ts';
import { cursorAt, type LogPoint, positionOf } from './log-cursor.ts';

/** What a project's log says to its agents, as far as it was read. */
export interface NewsSoFar {
  /** Of whoever was told all of it. */
  readonly cursor: string;
  /**
   * Those of these environments that are asked for something else since then; null: it is no point of this log, or lies so
   * far back that nobody remembers.
   */
  changedSince(
    cursor: string | null,
    among: readonly EnvironmentId[],
  ): Promise<readonly EnvironmentId[] | null>;
  /** The last checkpoint; null before there is any. */
  readonly checkpoint: Checkpoint | null;
}

type LogOfAll = Pick<Store, 'head' | 'events' | 'lastCheckpoint' | 'onChained'>;

const eventsAtOnce = 500;
/** A call that was missed is made good by whoever asks next, so long after the last look, … */
const lookAfterMs = 5_000;
/** … or where nobody asks. */
const lookAnywayEveryMs = 60_000;
/** Those that agents stand at just now. */
const pointsKept = 1_000;

/**
 * Reads what is new once for all agents that wait for it: with every agent asking for itself, one event would be as many
 * questions to the database as there are agents. Listens while anybody waits; after a pause it reads what it missed.
 */
export class ProjectNews {
  readonly #store: LogOfAll;
  readonly #clock: Clock;
  readonly #project: ProjectId;
  readonly #changedAt = new Map<EnvironmentId, number>();
  readonly #waiting = new Set<() => void>();
  #listening: DisposableStack | null = null;
  #listeners = 0;
  /** Of what was asked for before it, nobody here knows. */
  #since: number | null = null;
  #position = 0;
  /** By position, of points from `#since` on that somebody stands at. */
  readonly #links = new Map<number, Digest>();
  #checkpoint: Checkpoint | null = null;
  #isStale = true;
  #isCheckpointStale = true;
  #allReadAtMs = 0;
  #reading: Promise<void> | null = null;

  constructor({ store, clock }: { readonly store: LogOfAll; readonly clock: Clock }, project: ProjectId) {
    this.#store = store;
    this.#clock = clock;
    this.#project = project;
  }

  /** How many wait for news, or soon will. */
  get listeners(): number {
    return this.#listeners;
  }

  /** From here to its disposal nothing is missed. */
  listen(): Disposable {
    this.#listeners += 1;
    if (this.#listening === null) this.#begin();
    return {
      [Symbol.dispose]: () => {
        this.#listeners -= 1;
        if (this.#listeners > 0) return;
        this.#listening?.dispose();
        this.#listening = null;
      },
    };
  }

  /**
   * All that there was when it was asked. What came since is told by `onNext`: where news come quicker than they are read, who
   * waited for the last of them would wait for ever. Throws where the database is away. Only while listening.
   */
  async soFar(): Promise<NewsSoFar> {
    // What is under way may have begun before it was asked, …
    await this.#reading;
    // … and what begins now has not; all who wait share it.
    if (this.#reading !== null || this.#isStale || this.#mayMissSome())
      await (this.#reading ??= this.#read().finally(() => {
        this.#reading = null;
      }));
    const [position, checkpoint] = [this.#position, this.#checkpoint];
    return {
      cursor: cursorAt({ position, link: await this.#linkAt(position) }),
      checkpoint,
      changedSince: async (cursor, among) => {
        const after = positionOf(cursor);
        if (after === null || this.#since === null || after < this.#since || after > position) return null;
        if (cursor !== cursorAt({ position: after, link: await this.#linkAt(after) })) return null;
        return among.filter((id) => (this.#changedAt.get(id) ?? 0) > after);
      },
    };
  }

  /** Calls once, at the next news. */
  onNext(call: () => void): Disposable {
    this.#waiting.add(call);
    return { [Symbol.dispose]: () => void this.#waiting.delete(call) };
  }

  #begin(): void {
    this.#isStale = true;
    this.#isCheckpointStale = true;
    const listening = new DisposableStack();
    listening.use(
      this.#store.onChained(this.#project, (what) => {
        this.#isStale = true;
        this.#isCheckpointStale ||= what !== 'events';
        this.#tell();
      }),
    );
    listening.use(this.#clock.every(lookAnywayEveryMs, () => this.#lookAnyway()));
    this.#listening = listening;
  }

  async #lookAnyway(): Promise<void> {
    const [position, signed] = [this.#position, this.#checkpoint?.position];
    try {
      const now = await this.soFar();
      if (this.#position !== position || now.checkpoint?.position !== signed) this.#tell();
    } catch {
      // The database is away: there is nothing to tell, and another look to come.
    }
  }

  #tell(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const call of waiting) call();
  }

  #mayMissSome(): boolean {
    return this.#clock.monotonicMs() - this.#allReadAtMs >= lookAfterMs;
  }

  async #read(): Promise<void> {
    const isAllRead = this.#isCheckpointStale || this.#mayMissSome();
    this.#isStale = false;
    this.#isCheckpointStale = false;
    try {
      const isNew = this.#since !== null && (await this.#readEvents());
      if (!isNew) await this.#readHead();
      if (!isAllRead && this.#checkpoint !== null) return;
      await this.#readCheckpoint();
      this.#allReadAtMs = this.#clock.monotonicMs();
    } catch (thrown) {
      this.#isStale = true;
      this.#isCheckpointStale = true;
      throw thrown;
    }
  }

  /** Begins with it; and anew where the log is shorter than it was: it is another one then, a backup was restored. */
  async #readHead(): Promise<void> {
    const head = await this.#store.head(this.#project);
    if (this.#since === null || head.position < this.#position) {
      this.#changedAt.clear();
      this.#links.clear();
      this.#checkpoint = null;
      this.#since = head.position;
      this.#position = head.position;
    }
    this.#note(head);
  }

  /** Agents that come from another replica may stand where this one has not looked. */
  async #linkAt(position: number): Promise<Digest> {
    const known = position === 0 ? genesisLink(this.#project) : this.#links.get(position);
    if (known !== undefined) return known;
    const [event] = await this.#store.events(this.#project, position - 1, 1);
    if (event?.position !== position) throw new Error(`the log has nothing at ${position}`);
    this.#note(event);
    return event.link;
  }

  #note({ position, link }: LogPoint): void {
    keepLatest(this.#links, pointsKept, position, link);
  }

  /** Whether there were any. */
  async #readEvents(): Promise<boolean> {
    const before = this.#position;
    for (;;) {
      const events = await this.#store.events(this.#project, this.#position, eventsAtOnce);
      for (const { kind, environment, position } of events)
        if (kind === 'desired.changed' && environment !== null) this.#changedAt.set(environment, position);
      const last = events.at(-1);
      if (last !== undefined) {
        this.#position = last.position;
        this.#note(last);
      }
      if (events.length < eventsAtOnce) return this.#position > before;
    }
  }

  async #readCheckpoint(): Promise<void> {
    if (this.#position <= (this.#checkpoint?.position ?? 0)) return;
    this.#checkpoint = (await this.#store.lastCheckpoint(this.#project)) ?? null;
  }
}
