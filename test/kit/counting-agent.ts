import { TrafficLog } from '../../src/agent/traffic-log.ts';
import type { Digest, ServiceName } from '../../src/domain/ids.ts';
import { silentLog } from '../../src/domain/log.ts';
import type { RawCounters } from '../../src/ports/traffic.ts';
import { type AgentIdentity, type ObservationRequest, protocolVersion } from '../../src/protocol/messages.ts';
import type { Plane } from '../../src/simulate/world/plane.ts';

const web = 'web' as ServiceName;
const artifact = 'sha256:0' as Digest;

/**
 * The agent's own reading of counters, over a gateway that counts so many requests a minute, in virtual time. The gateway
 * goes on counting while the agent is dead.
 */
export class CountingAgent {
  readonly #plane: Plane;
  readonly #identity: AgentIdentity;
  readonly #perMinute: { requests: number; errors: number };
  #counted = { requests: 0, errors: 0 };
  #epoch = 1;
  #boot = 0;
  #sequence = 0;
  #ending: AbortController | null = null;
  #last: ObservationRequest | null = null;

  constructor(plane: Plane, name: string, perMinute: { requests: number; errors: number }) {
    const mine = plane.declared.environments.find((one) => one.name === name);
    if (mine === undefined) throw new Error(`no environment ${name}`);
    this.#plane = plane;
    this.#identity = { agent: mine.agent, project: plane.project, environments: [mine.id] };
    this.#perMinute = perMinute;
    plane.clock.every(60_000, () => {
      this.#counted.requests += this.#perMinute.requests;
      this.#counted.errors += this.#perMinute.errors;
    });
    this.start();
  }

  /** All that the gateways ever counted. */
  total = { requests: 0, errors: 0 };

  /** From now on. */
  set perMinute(given: { readonly requests: number; readonly errors: number }) {
    Object.assign(this.#perMinute, given);
  }

  counted(): { readonly requests: number; readonly errors: number } {
    const { requests, errors } = this.#counted;
    return { requests: this.total.requests + requests, errors: this.total.errors + errors };
  }

  start(): void {
    const ending = new AbortController();
    this.#ending = ending;
    this.#boot += 1;
    this.#sequence = 0;
    const [environment] = this.#identity.environments;
    if (environment === undefined) return;
    const log: TrafficLog = new TrafficLog(
      environment,
      { counters: async () => this.#raw() },
      this.#plane.clock,
      () => void this.#tell(log),
    );
    void log.run({ signal: ending.signal, log: silentLog });
  }

  kill(): void {
    this.#ending?.abort();
    this.#ending = null;
  }

  /** The gateway ends and another one counts from zero. */
  replaceGateway(): void {
    this.total = { ...this.counted() };
    this.#counted = { requests: 0, errors: 0 };
    this.#epoch += 1;
  }

  /** The last message comes once more, as one does whose answer was lost. */
  async repeat(): Promise<void> {
    if (this.#last !== null) await this.#plane.agents.observe(this.#identity, this.#last);
  }

  #raw(): RawCounters {
    return {
      epoch: `epoch ${this.#epoch}`,
      monotonicMs: this.#plane.clock.monotonicMs(),
      effectivePercent: 0,
      services: {
        [web]: { variants: { [artifact]: { ...this.#counted, refused: 0, probes: 0, latency: {} } } },
      },
    };
  }

  async #tell(log: TrafficLog): Promise<void> {
    if (!this.#plane.isUp() || this.#ending === null) return;
    const traffic = log.unanswered(200);
    this.#sequence += 1;
    this.#last = {
      protocol: protocolVersion,
      boot: `counting ${this.#boot}`,
      sequence: this.#sequence,
      observations: [],
      samples: [],
      traffic,
      countersignature: null,
    };
    await this.#plane.agents.observe(this.#identity, this.#last);
    log.answered(traffic);
  }
}
