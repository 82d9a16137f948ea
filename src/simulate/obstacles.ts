import type { Blocker } from '../domain/admission.ts';
import type { Cast } from './cast.ts';
import type { Timeline } from './timeline.ts';
import type { Plane } from './world/plane.ts';

/** Tells what is in the way of a promotion that waits, and when each of it lifts. */
export class Obstacles {
  readonly #plane: Plane;
  readonly #cast: Cast;
  readonly #timeline: Timeline;
  #before: readonly Blocker[] = [];
  #alarm: Disposable | null = null;
  #isLooking = false;

  constructor(plane: Plane, cast: Cast, timeline: Timeline) {
    this.#plane = plane;
    this.#cast = cast;
    this.#timeline = timeline;
    timeline.onEvent(() => this.look());
  }

  /** Once what happens at this moment has happened: what comes and goes with it was in nobody's way. */
  look(): void {
    if (this.#isLooking) return;
    this.#isLooking = true;
    this.#plane.clock.after(0, () => void this.#see());
  }

  async #see(): Promise<void> {
    this.#isLooking = false;
    if (this.#cast.promotion === null) return;
    const { state, admission } = await this.#plane.control.promotion(
      this.#plane.project,
      this.#cast.promotion,
    );
    this.#tell(state.phase === 'waiting' ? admission.blockers : [], state.phase === 'running');
  }

  #tell(blockers: readonly Blocker[], isRunning: boolean): void {
    const lifted = this.#before.filter((one) => !blockers.some(({ kind }) => kind === one.kind));
    const came = blockers.filter((one) => !this.#before.some(({ kind }) => kind === one.kind));
    this.#before = blockers;
    if (isRunning || blockers.length > 0)
      for (const { kind } of lifted) this.#timeline.say('blocker', `No longer in the way: ${kind}`, 'good');
    for (const { kind, reason } of came) this.#timeline.say('blocker', `In the way: ${kind}. ${reason}`);
    this.#lookAgain(blockers);
  }

  /** Time lifts some without a word. */
  #lookAgain(blockers: readonly Blocker[]): void {
    this.#alarm?.[Symbol.dispose]();
    const now = this.#plane.clock.now();
    const times = blockers.flatMap(({ earliest }) =>
      earliest === null || earliest <= now ? [] : [earliest],
    );
    if (times.length === 0) return;
    this.#alarm = this.#plane.clock.after(Math.min(...times) - now, () => void this.#see());
  }
}
