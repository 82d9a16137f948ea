import type { Actor } from '../domain/actor.ts';
import type { ChainedEvent } from '../domain/event.ts';
import type { EnvironmentId } from '../domain/ids.ts';
import type { Plane } from './world/plane.ts';

/** Something that happened, in virtual time from the start. */
export interface TimelineEntry {
  readonly atMs: number;
  /**
   * `event`: of the control plane's log. `blocker`: something in the way came or lifted. `happening`: what the scenario
   * makes happen. `truth`: how a version really answers changed, which nobody sees but by measuring.
   */
  readonly kind: 'event' | 'blocker' | 'happening' | 'truth';
  /** For colour; a sentence says it too. */
  readonly tone: 'plain' | 'good' | 'warning' | 'bad';
  readonly message: string;
}

const tones: Readonly<Partial<Record<ChainedEvent['kind'], TimelineEntry['tone']>>> = {
  'promotion.succeeded': 'good',
  'promotion.rolled-back': 'bad',
  'promotion.failed': 'bad',
  'promotion.rejected': 'warning',
  'rollout.held': 'warning',
  'rollout.taken-back': 'bad',
};

/** Not told: what every change brings with it, and what was there before the curtain rose. */
const untold: ReadonlySet<string> = new Set([
  'desired.changed',
  'release.created',
  'branch.moved',
  'agent.connected',
] satisfies ChainedEvent['kind'][]);

/** Whether a timeline has an event of this kind. */
export const isTold = (kind: string): boolean => !untold.has(kind);

/** Writes down what happens in one environment, as it happens. */
export class Timeline {
  readonly entries: TimelineEntry[] = [];
  readonly #plane: Plane;
  readonly #environment: EnvironmentId;
  #position = 0;
  #isReading = false;
  readonly #calls: ((event: ChainedEvent, atMs: number) => void)[] = [];

  constructor(plane: Plane, environment: EnvironmentId) {
    this.#plane = plane;
    this.#environment = environment;
  }

  /** From here on. */
  async begin(): Promise<void> {
    const { store } = this.#plane.parts;
    this.#position = (await store.head(this.#plane.project)).position;
    store.onChained(this.#plane.project, () => void this.#read());
  }

  onEvent(call: (event: ChainedEvent, atMs: number) => void): void {
    this.#calls.push(call);
  }

  say(kind: TimelineEntry['kind'], message: string, tone: TimelineEntry['tone'] = 'plain'): void {
    this.entries.push({ atMs: this.#plane.clock.monotonicMs(), kind, tone, message });
  }

  async #read(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    for (;;) {
      const events = await this.#plane.parts.store.events(this.#plane.project, this.#position, 500);
      if (events.length === 0) break;
      for (const event of events) this.#take(event);
    }
    this.#isReading = false;
  }

  #take(event: ChainedEvent): void {
    this.#position = event.position;
    if (event.environment !== null && event.environment !== this.#environment && isAutomatic(event.actor))
      return;
    if (isTold(event.kind)) this.say('event', event.message, tones[event.kind]);
    for (const call of this.#calls) call(event, this.#plane.clock.monotonicMs());
  }
}

const isAutomatic = (actor: Actor): boolean => actor.kind !== 'person';
