import type { Commit } from './plane/ledger.ts';
import { invariants } from './invariants/index.ts';
import type { Watch } from './invariants/invariant.ts';
import type { Place } from './place/place.ts';
import type { World } from './world.ts';

/** Something that must never be, was. */
export class Broken extends Error {
  override readonly name = 'Broken';
  readonly invariant: string;

  constructor(invariant: string, message: string) {
    super(`${invariant}: ${message}`);
    this.invariant = invariant;
  }
}

/** Sees every commit and every change of a gateway, and holds it against the invariants. */
export class Witness {
  readonly #world: World;
  readonly #watches: readonly { readonly id: string; readonly watch: Watch }[];
  /** The first that was found broken; what comes after it may only follow from it. */
  broken: Broken | null = null;
  /** How often a rollout or a promotion changed its phase. */
  transitions = 0;

  constructor(world: World) {
    this.#world = world;
    this.#watches = invariants.map(({ id, begin }) => ({ id, watch: begin() }));
  }

  commit(commit: Commit): void {
    this.#tell(commit);
    this.#ask((watch) => watch.commit?.(commit, this.#world));
  }

  gateway(place: Place): void {
    this.#ask((watch) => watch.gateway?.(place, this.#world));
  }

  /** The store was set back: what was seen after the backup has never been. */
  restored(): void {
    for (const { watch } of this.#watches) watch.restored?.(this.#world);
  }

  /** Between two steps. */
  step(): void {
    this.#ask((watch) => watch.step?.(this.#world));
  }

  /** Once everything has been well for long. */
  async end(): Promise<void> {
    for (const { id, watch } of this.#watches) {
      const problem = await watch.end?.(this.#world);
      if (problem != null) this.#break(id, problem);
    }
  }

  defect(problem: string): void {
    this.found('no-defect', problem);
  }

  /** What somebody in the history found out who looked for it. */
  found(id: string, problem: string): void {
    if (this.broken === null) this.#break(id, problem);
  }

  #ask(of: (watch: Watch) => string | null | undefined): void {
    if (this.broken !== null) return;
    for (const { id, watch } of this.#watches) {
      const problem = of(watch);
      if (problem != null) this.#break(id, problem);
    }
  }

  #break(id: string, problem: string): void {
    this.broken ??= new Broken(id, problem);
    this.#world.trace.add('invariant', `${id}: ${problem}`);
  }

  #tell({ by, puts, events }: Commit): void {
    const { trace, reached } = this.#world;
    for (const { kind, message } of events) {
      trace.add(by, message);
      reached.note('events', kind);
    }
    for (const put of puts) {
      if (put.kind !== 'rollout' && put.kind !== 'promotion') continue;
      const from = phaseOf(put.before);
      const to = phaseOf(put.after);
      if (from === to) continue;
      this.transitions += 1;
      reached.note(put.kind === 'rollout' ? 'phases of rollouts' : 'phases of promotions', to);
      if (put.kind === 'rollout') reached.note('transitions of rollouts', `${from} → ${to}`);
    }
  }
}

const phaseOf = (record: unknown): string =>
  (record as { readonly state: { readonly phase: string } } | undefined)?.state.phase ?? 'nothing';
