import { signHead } from '../../domain/audit/chain.ts';
import { isFailure } from '../../domain/failure.ts';
import type { ProjectId } from '../../domain/ids.ts';
import type { Log } from '../../domain/log.ts';
import type { Clock } from '../../engine/clock.ts';
import type { Store } from '../../engine/store.ts';

export interface ChainerParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** The control plane's Ed25519 key, raw, base64url. */
  readonly privateKey: string;
  /** A checkpoint is signed after so many new events … */
  readonly everyEvents?: number;
  /** … or once the oldest new one is so old, whichever comes first. A missed call is made good five times later. */
  readonly everyMs?: number;
}

export interface Chainer {
  /** Chains what waits, and signs what has no checkpoint yet; then stops. */
  stop(): Promise<void>;
}

/**
 * Gives appended events their place as soon as they are committed, and signs checkpoints. Any number of replicas may
 * run one: the database lets one chain at a time, and the first checkpoint at a position stays.
 */
export function startChainer(parts: ChainerParts): Chainer {
  const { store, clock } = parts;
  const everyEvents = parts.everyEvents ?? 100;
  const everyMs = parts.everyMs ?? 10_000;
  const lines = new Map<ProjectId, Line>();
  const lineOf = (project: ProjectId): Line => {
    const line = lines.get(project) ?? new Line(parts, project, everyEvents, everyMs);
    lines.set(project, line);
    return line;
  };
  const sweep = async (): Promise<void> => {
    const projects = await store.projects().catch(() => []);
    for (const { id } of projects) lineOf(id).nudge();
  };
  const appended = store.onAppended((project) => lineOf(project).nudge());
  const regularly = clock.every(everyMs, () => {
    for (const line of lines.values()) if (line.isUnfinished) line.nudge();
  });
  const seldom = clock.every(everyMs * 5, sweep);
  const first = sweep();
  return {
    stop: async () => {
      appended[Symbol.dispose]();
      regularly[Symbol.dispose]();
      seldom[Symbol.dispose]();
      await first;
      await Promise.all([...lines.values()].map((line) => line.finish()));
    },
  };
}

/** One project's chain. What comes while it chains is one more turn, however much it is. */
class Line {
  readonly #parts: ChainerParts;
  readonly #project: ProjectId;
  readonly #everyEvents: number;
  readonly #everyMs: number;
  #running: Promise<void> | null = null;
  #isWanted = false;
  #signed: number | null = null;
  /** Events after the last checkpoint, as far as this one knows: another one may have chained more, or signed. */
  #unsigned = 0;
  /** On the monotonic clock: one that is set back must not put a checkpoint off. */
  #unsignedSinceMs: number | null = null;
  #hasFailed = false;

  constructor(parts: ChainerParts, project: ProjectId, everyEvents: number, everyMs: number) {
    this.#parts = parts;
    this.#project = project;
    this.#everyEvents = everyEvents;
    this.#everyMs = everyMs;
  }

  /** Whether time alone changes anything: something is to be signed, or did not work. */
  get isUnfinished(): boolean {
    return this.#unsignedSinceMs !== null || this.#hasFailed;
  }

  nudge(): void {
    this.#isWanted = true;
    this.#running ??= this.#turns();
  }

  async finish(): Promise<void> {
    this.nudge();
    await this.#running;
    await this.#attempt(() => this.#sign(0, 0));
  }

  async #turns(): Promise<void> {
    while (this.#isWanted) {
      this.#isWanted = false;
      await this.#attempt(async () => {
        const chained = await this.#parts.store.chain(this.#project);
        if (!this.#isKnownEarly(chained)) await this.#sign(this.#everyEvents, this.#everyMs);
      });
    }
    // Here, and not once the promise is settled: whoever nudges in between would be heard by nobody.
    this.#running = null;
  }

  /** What it chained itself tells it without a look at the log that nothing is due yet. */
  #isKnownEarly(chained: number): boolean {
    if (chained === 0 || this.#signed === null) return false;
    this.#unsigned += chained;
    this.#unsignedSinceMs ??= this.#parts.clock.monotonicMs();
    return !this.#isDue(this.#unsigned, this.#unsignedSinceMs, this.#everyEvents, this.#everyMs);
  }

  #isDue(unsigned: number, sinceMs: number, afterEvents: number, afterMs: number): boolean {
    return unsigned >= afterEvents || this.#parts.clock.monotonicMs() - sinceMs >= afterMs;
  }

  async #sign(afterEvents: number, afterMs: number): Promise<void> {
    const { store, clock, privateKey } = this.#parts;
    const { position, link } = await store.head(this.#project);
    this.#signed ??= (await this.#isSigned(position)) ? position : 0;
    this.#unsigned = Math.max(0, position - this.#signed);
    if (this.#unsigned === 0) return;
    this.#unsignedSinceMs ??= clock.monotonicMs();
    if (!this.#isDue(this.#unsigned, this.#unsignedSinceMs, afterEvents, afterMs)) return;
    const signature = signHead(privateKey, { project: this.#project, position, link });
    const checkpoint = { position, link, at: clock.now(), signature, countersignatures: [] };
    await store.addCheckpoint(this.#project, checkpoint);
    this.#signed = position;
    this.#unsigned = 0;
    this.#unsignedSinceMs = null;
  }

  async #isSigned(position: number): Promise<boolean> {
    const page = { after: position - 1, limit: 1 };
    return (await this.#parts.store.checkpoints(this.#project, page)).length > 0;
  }

  /** What does not work now is tried again with the next event or at the next sweep. */
  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.#hasFailed = false;
    } catch (thrown) {
      this.#hasFailed = true;
      const code = isFailure(thrown) ? thrown.code : 'chaining-failed';
      const message = thrown instanceof Error ? thrown.message : String(thrown);
      this.#parts.log.warn({ code, project: this.#project }, `Events are not chained yet: ${message}`);
    }
  }
}
