import type { ServiceName } from '../../src/domain/ids.ts';
import { bucketOf } from '../../src/domain/rollout/latency.ts';
import type { Counts } from '../../src/domain/rollout/sample.ts';
import { SimulatedAgent } from '../../src/simulate/world/agent.ts';
import type { AgentsPlane } from '../../src/simulate/world/agents-plane.ts';
import { type Passed, type Traffic, Unread } from '../../src/simulate/world/traffic.ts';

/** How the requests of one environment fare: fixed shares, so that there is no chance in a test. */
export interface FixedShares {
  readonly perSecond: number;
  /** Error ratio by version; 0 where none is named. */
  readonly errors?: Readonly<Record<string, number>>;
  /** Usual latency by version in milliseconds; 20 where none is named. */
  readonly latencyMs?: Readonly<Record<string, number>>;
}

/** Makes up what a gateway would have counted. What is owed of a request or an error is carried over. */
export class MadeUpTraffic implements Traffic {
  readonly #shares: FixedShares;
  readonly #owed = new Map<string, number>();
  readonly #unread = new Unread();

  constructor(shares: FixedShares) {
    this.#shares = shares;
  }

  read = () => this.#unread.take();

  pass({ desired, percent, durationMs }: Passed): void {
    for (const { service, candidate, stable } of desired.services) {
      const requests = this.#whole(`${service} requests`, (this.#shares.perSecond * durationMs) / 1000);
      const toCandidate = Math.round((requests * percent) / 100);
      this.#unread.add(service, {
        candidate: this.#counts(service, toCandidate, candidate?.version),
        stable: this.#counts(service, requests - toCandidate, stable?.version),
      });
    }
  }

  #counts(service: ServiceName, requests: number, version = ''): Counts {
    const ratio = this.#shares.errors?.[version] ?? 0;
    const errors = Math.min(requests, this.#whole(`${service} ${version}`, requests * ratio));
    const bucket = bucketOf(this.#shares.latencyMs?.[version] ?? 20);
    return { requests, errors, probes: 0, latency: requests === 0 ? {} : { [bucket]: requests } };
  }

  #whole(what: string, share: number): number {
    const due = (this.#owed.get(what) ?? 0) + share;
    this.#owed.set(what, due - Math.floor(due));
    return Math.floor(due);
  }
}

/** An agent whose releases all start, unless they are named as broken. */
export const simulateAgent = (
  plane: AgentsPlane,
  name: string,
  shares: FixedShares = { perSecond: 100 },
  broken: ReadonlySet<string> = new Set(),
): SimulatedAgent => new SimulatedAgent(plane, name, { traffic: new MadeUpTraffic(shares), broken });
