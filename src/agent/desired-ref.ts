import type { EnvironmentName, ServiceName } from '../domain/ids.ts';
import type { Variant } from '../domain/rollout/types.ts';
import type { Clock } from '../engine/clock.ts';
import type { Log } from '../ports/provider.ts';
import type { DesiredEnvironment } from '../protocol/messages.ts';

/** Writes what an environment should run to its own ref; changes nothing when the ref says so already. */
export type WriteDesired = (
  environment: EnvironmentName,
  manifest: Readonly<Record<ServiceName, Variant>>,
  message: string,
) => Promise<void>;

const tryAgainMs = 5000;

/** Keeps `refs/heads/rung/<environment>` at what the environment serves. What serves never waits for it. */
export class DesiredRef {
  readonly #write: WriteDesired;
  readonly #clock: Clock;
  readonly #log: Log;
  #written: string | null = null;
  #notBeforeMs = 0;
  #isWriting = false;

  constructor(write: WriteDesired, clock: Clock, log: Log) {
    this.#write = write;
    this.#clock = clock;
    this.#log = log;
  }

  /**
   * Never rejects, and is not to be waited for: a git that hangs must not stop what is measured, renewed and taken back.
   * What comes while it writes is left to the next look.
   */
  async follow({ name, services }: DesiredEnvironment): Promise<void> {
    const manifest = Object.fromEntries(
      services.flatMap(({ service, stable }) => (stable ? [[service, stable] as const] : [])),
    ) as Record<ServiceName, Variant>;
    const text = JSON.stringify(manifest);
    if (this.#isWriting) return;
    if (text === '{}' || text === this.#written || this.#clock.monotonicMs() < this.#notBeforeMs) return;
    this.#isWriting = true;
    try {
      await this.#write(name, manifest, messageOf(manifest));
      this.#written = text;
    } catch (thrown) {
      this.#notBeforeMs = this.#clock.monotonicMs() + tryAgainMs;
      this.#log.warn(
        { err: thrown, code: 'desired-ref-not-written' },
        'The ref of what runs could not be written',
      );
    } finally {
      this.#isWriting = false;
    }
  }
}

const messageOf = (manifest: Readonly<Record<ServiceName, Variant>>): string =>
  `Run ${Object.entries(manifest)
    .map(([service, { version }]) => `${service} ${version}`)
    .join(', ')}`;
