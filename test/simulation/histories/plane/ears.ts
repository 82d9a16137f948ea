import type { Chance } from '../../../../src/simulate/chance.ts';
import { spanMs } from '../machine/chance.ts';
import type { Scope } from '../machine/scope.ts';
import type { Weather } from './weather.ts';

export interface EarsParts {
  readonly scope: Scope;
  readonly weather: Weather;
  readonly chance: Chance;
  /** What was told meanwhile is lost, and it hears again. */
  readonly onBack: () => void;
}

const longestReturnMs = 5_000;

/** One replica's connection for news of commits: gone while the database is, or by itself, and back a while after. */
export class Ears {
  readonly #parts: EarsParts;
  #stretch: number | null = 1;
  #stretches = 1;
  #isReturning = false;

  constructor(parts: EarsParts) {
    const { scope, weather } = parts;
    this.#parts = parts;
    const look = (): void => this.#look();
    weather.watchers.add(look);
    scope.onEnd(() => weather.watchers.delete(look));
    look();
  }

  /** See `Store.hearing`. */
  get stretch(): number | null {
    return this.#stretch;
  }

  #look(): void {
    if (!this.#isConnected) this.#stretch = null;
    else if (this.#stretch === null && !this.#isReturning) this.#return();
  }

  #return(): void {
    const { scope, chance } = this.#parts;
    this.#isReturning = true;
    scope.clock.after(spanMs(chance, 1, longestReturnMs), () => this.#comeBack());
  }

  #comeBack(): void {
    this.#isReturning = false;
    if (!this.#isConnected) return;
    this.#stretches += 1;
    this.#stretch = this.#stretches;
    this.#parts.onBack();
  }

  get #isConnected(): boolean {
    const { scope, weather } = this.#parts;
    return !weather.isDatabaseAway && !weather.deaf.has(scope.name);
  }
}
