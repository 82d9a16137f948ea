import { Failure } from '../../../../src/domain/failure.ts';
import type { ControlClient } from '../../../../src/agent/control-client.ts';
import type { AgentIdentity, ObservationRequest } from '../../../../src/protocol/messages.ts';
import { keysInForce } from '../../../../src/engine/records.ts';
import { agentLimits } from '../../../../src/protocol/agent-limits.ts';
import type { VirtualClock } from '../../../../src/engine/virtual-clock.ts';
import type { Chance } from '../../../../src/simulate/chance.ts';
import { spanMs } from '../machine/chance.ts';
import type { Host } from '../machine/host.ts';
import type { Point } from '../machine/points.ts';
import type { Scope } from '../machine/scope.ts';
import type { Replica } from '../plane/replica.ts';
import type { Weather } from '../plane/weather.ts';

export interface NetworkParts {
  readonly clock: VirtualClock;
  readonly weather: Weather;
  readonly chance: Chance;
  /** One that takes connections; a stopped one does, and answers when it goes on. */
  readonly replica: () => Replica | null;
  /** Whether any agent's key was ever changed: only then is it asked for, as the door of a control plane does each time. */
  readonly haveKeysChanged: () => boolean;
  readonly isRevoked: (link: Link) => boolean;
  /** Somebody was let in with a key that had been revoked before. */
  readonly onIntruder: (link: Link) => void;
}

export interface Link {
  readonly environment: string;
  readonly identity: AgentIdentity;
  /** It signs with this one. */
  readonly publicKey: string;
  readonly host: Host;
  readonly scope: Scope;
}

const answerLimitMs = 15_000;
const refusedMs = 2;
/** Nobody looks at it: an error made for each call would cost more than the call. */
const isOver = 'over';

interface Call<T> {
  readonly point: Point;
  readonly withinMs: number;
  readonly signal: AbortSignal;
  /** `isThere` says that an answer is to come: who asked waits once more as long. */
  readonly ask: (replica: Replica, gone: AbortSignal, isThere: () => void) => Promise<T>;
}

/** The way from agents to control planes: what is said can be late, lost and doubled, and either side can die meanwhile. */
export class Network {
  readonly #parts: NetworkParts;

  constructor(parts: NetworkParts) {
    this.#parts = parts;
  }

  client(link: Link): ControlClient {
    const { identity } = link;
    const observe = (replica: Replica, message: ObservationRequest): Promise<void> =>
      replica.agents.observe(identity, message);
    return {
      poll: (request, signal) =>
        this.#call(link, {
          point: 'poll',
          withinMs: agentLimits.quietMs + answerLimitMs,
          signal,
          ask: (replica, gone, isThere) =>
            this.#held(link, gone, isThere, (until) =>
              replica.agents.poll({ ...identity, key: link.publicKey }, request, until),
            ),
        }),
      observe: (message, signal) => {
        if (this.#parts.chance() < this.#parts.weather.doubles)
          this.#again(link, (one) => observe(one, message));
        return this.#call(link, {
          point: 'observe',
          withinMs: answerLimitMs,
          signal,
          ask: (replica) => observe(replica, message),
        });
      },
      artifact: (digest, signal) =>
        this.#call(link, {
          point: 'artifact fetched',
          withinMs: answerLimitMs,
          signal,
          ask: (replica) => replica.agents.artifact(identity, digest),
        }),
      close: async () => undefined,
    };
  }

  /** The same once more, some time later, and nobody waits for an answer. */
  #again({ environment }: Link, ask: (replica: Replica) => Promise<void>): void {
    const { clock, chance, weather, replica } = this.#parts;
    clock.after(spanMs(chance, 1, 120_000), () => {
      const to = weather.cutOff.has(environment) ? null : replica();
      to?.scope.deliver(() => void ask(to).catch(() => undefined));
    });
  }

  /** A question that is held open, until there is an answer, its time is over, or who asked is gone. */
  async #held<T>(
    { host }: Link,
    gone: AbortSignal,
    isThere: () => void,
    ask: (until: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const until = new AbortController();
    const end = (): void => until.abort(isOver);
    gone.addEventListener('abort', end, { once: true });
    using timers = new DisposableStack();
    timers.use(host.after(agentLimits.pollMs, end));
    const sayAgain = (): Disposable =>
      host.after(agentLimits.stillThereMs, () => {
        isThere();
        sign = sayAgain();
      });
    let sign = sayAgain();
    timers.defer(() => sign[Symbol.dispose]());
    return await ask(until.signal);
  }

  async #call<T>(link: Link, call: Call<T>): Promise<T> {
    return link.scope.step(call.point, () => this.#send(link, call));
  }

  #send<T>(link: Link, { withinMs, signal, ask }: Call<T>): Promise<T> {
    const { clock, weather } = this.#parts;
    const { environment, host, scope } = link;
    return new Promise<T>((resolve, reject) => {
      const gone = new AbortController();
      const wait = (): Disposable => host.after(withinMs, () => settle(() => reject(away())));
      let timer = wait();
      const ending = scope.onEnd(() => settle(() => undefined));
      const onAbort = (): void =>
        settle(() => reject(new Failure('interrupted', 'interrupted', 'Called off.')));
      let isSettled = false;
      const settle = (how: () => void): void => {
        if (isSettled) return;
        isSettled = true;
        timer[Symbol.dispose]();
        ending[Symbol.dispose]();
        signal.removeEventListener('abort', onAbort);
        gone.abort(isOver);
        how();
      };
      if (signal.aborted) return onAbort();
      signal.addEventListener('abort', onAbort, { once: true });
      /** Reaches the other side later, or never. */
      const travel = (arrive: () => void): void => {
        if (this.#isLost(environment)) return;
        clock.after(this.#delayMs(), () => {
          if (!weather.cutOff.has(environment)) arrive();
        });
      };
      const answer = (how: () => void): void =>
        travel(() => {
          host.wake();
          scope.deliver(() => settle(how));
        });
      const isThere = (): void =>
        travel(() =>
          scope.deliver(() => {
            timer[Symbol.dispose]();
            if (!isSettled) timer = wait();
          }),
        );
      travel(() => {
        const replica = this.#parts.replica();
        if (replica === null) return clock.after(refusedMs, () => answer(() => reject(away())));
        const dying = replica.scope.onEnd(() => answer(() => reject(away())));
        // What came before a key was revoked may be answered after it.
        const intrudes = this.#parts.isRevoked(link);
        replica.scope.deliver(() => {
          this.#letIn(replica, link, intrudes)
            .then(() => ask(replica, gone.signal, () => replica.scope.deliver(isThere)))
            .then(
              (value) => answer(() => resolve(value)),
              (thrown: unknown) => answer(() => reject(thrown)),
            )
            .finally(() => dying[Symbol.dispose]());
        });
      });
    });
  }

  async #letIn({ agents }: Replica, link: Link, intrudes: boolean): Promise<void> {
    if (!this.#parts.haveKeysChanged()) return;
    const isGood = async (): Promise<boolean> => {
      const keys = (await agents.agent(link.identity.agent))?.keys ?? [];
      return keysInForce(keys).includes(link.publicKey);
    };
    if (!(await isGood())) throw new Failure('denied', 'key-revoked', 'This key is not known any more.');
    if (intrudes) this.#parts.onIntruder(link);
  }

  #isLost(environment: string): boolean {
    const { weather, chance } = this.#parts;
    return weather.cutOff.has(environment) || chance() < weather.loss;
  }

  #delayMs(): number {
    const { weather, chance } = this.#parts;
    return spanMs(chance, 1, Math.max(2, weather.slowestMs));
  }
}

const away = (): Failure =>
  new Failure('unavailable', 'control-plane-away', 'The control plane does not answer.', {
    wayOut: 'The agent goes on with what it was last asked for and tries again by itself.',
  });
