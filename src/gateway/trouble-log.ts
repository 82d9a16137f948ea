import type { Clock } from '../engine/clock.ts';
import type { UpstreamTrouble } from './data-path.ts';

/** Takes one line with facts. A pino logger is one. */
export interface GatewayLog {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

const quietMs = 1_000;

/** One line for each kind of trouble with each instance in a second, with how often it happened, not one a request. */
export class TroubleLog {
  readonly #clock: Clock;
  readonly #log: GatewayLog;
  readonly #quiet = new Map<string, { times: number }>();

  constructor(clock: Clock, log: GatewayLog) {
    this.#clock = clock;
    this.#log = log;
  }

  note(trouble: UpstreamTrouble): void {
    const key = `${trouble.code} ${trouble.address}`;
    const heard = this.#quiet.get(key);
    if (heard !== undefined) {
      heard.times += 1;
      return;
    }
    const counted = { times: 0 };
    this.#quiet.set(key, counted);
    this.#write(trouble, 1);
    this.#clock.after(quietMs, () => {
      this.#quiet.delete(key);
      if (counted.times > 0) this.#write(trouble, counted.times);
    });
  }

  #write(trouble: UpstreamTrouble, times: number): void {
    const { service, artifact, address, code } = trouble;
    this.#log.warn({ service, artifact, address, code, times }, 'an instance did not answer');
  }
}
