import { isFailure } from '../domain/failure.ts';
import type { ServiceName } from '../domain/ids.ts';
import type { Log } from '../ports/provider.ts';
import type { Trouble } from '../protocol/messages.ts';

/** What was thrown, as something to show to people. */
export function troubleOf(thrown: unknown, service: ServiceName | null = null): Trouble {
  if (isFailure(thrown)) {
    const named = thrown.facts['service'];
    const whose = service ?? (typeof named === 'string' ? (named as ServiceName) : null);
    return { code: thrown.code, service: whose, message: thrown.message, wayOut: thrown.wayOut ?? '' };
  }
  return {
    code: 'defect',
    service,
    message: `The agent failed in a way nobody foresaw: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
    wayOut: 'It tries again by itself; its log says more.',
  };
}

/** A trouble is logged when it comes, not with every look. */
export class TroubleLog {
  readonly #log: Log;
  #told = '';

  constructor(log: Log) {
    this.#log = log;
  }

  note(troubles: readonly Trouble[]): void {
    const told = troubles.map(({ code, service }) => `${service ?? ''} ${code}`).join(', ');
    if (told === this.#told) return;
    this.#told = told;
    for (const { code, service, message } of troubles) this.#log.warn({ code, service }, message);
  }
}
