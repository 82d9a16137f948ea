import { spanText } from '../domain/wording.ts';
import type { Cast } from './cast.ts';
import type { Moment } from './scenario/curve.ts';
import type { Happening } from './scenario/types.ts';
import type { Outside } from './outside.ts';
import type { Timeline } from './timeline.ts';
import type { SimulatedAgent } from './world/agent.ts';
import type { Plane } from './world/plane.ts';

export interface Stage {
  readonly plane: Plane;
  readonly agent: SimulatedAgent;
  readonly cast: Cast;
  readonly outside: Outside;
  readonly timeline: Timeline;
  /** What a program outside says may lift what is in the way, or bring something there. */
  readonly look: () => void;
  /** How often a gateway that nobody reads is looked at, so that what it lets through is known. */
  readonly lookEveryMs: number;
}

/** Makes come what a scenario says, when it says. */
export class Happenings {
  readonly #stage: Stage;
  readonly #sinceFirstRequest: { readonly ms: number; readonly call: () => void }[] = [];
  #firstRequestMs: number | null = null;
  #toCome = 0;
  readonly #lasting = new Map<string, number>();
  #agentWasKilled = false;
  #counting: Disposable | null = null;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** null: the new version has had no request yet. */
  get firstRequestMs(): number | null {
    return this.#firstRequestMs;
  }

  /** How many things have a time and are still to come. */
  get toCome(): number {
    return this.#toCome;
  }

  plan(happenings: readonly Happening[]): void {
    for (const one of happenings) this.at(one.when, () => this.#happen(one));
  }

  at({ since, ms }: Moment, call: () => void): void {
    if (since === 'first request' && this.#firstRequestMs === null)
      this.#sinceFirstRequest.push({ ms, call });
    else this.#after(ms, call);
  }

  /** The new version takes requests from now on. */
  firstRequest(): void {
    if (this.#firstRequestMs !== null) return;
    this.#firstRequestMs = this.#stage.plane.clock.monotonicMs();
    for (const { ms, call } of this.#sinceFirstRequest) this.#after(ms, call);
  }

  #after(ms: number, call: () => void): void {
    this.#toCome += 1;
    this.#stage.plane.clock.after(ms, () => {
      this.#toCome -= 1;
      call();
    });
  }

  #happen(one: Happening): void {
    const { plane, agent, cast } = this.#stage;
    switch (one.kind) {
      case 'act':
        return void cast.act(one);
      case 'agent':
        return this.#agentAway(one.how, one.forMs);
      case 'control plane':
        return this.#controlPlaneAway(one.forMs);
      case 'clock':
        this.#say(`The clocks are set by ${one.byMs < 0 ? '-' : '+'}${spanText(Math.abs(one.byMs))}`);
        return plane.clock.jump(one.byMs);
      case 'crash':
        this.#say(`${one.service}: an instance of the new version ends`);
        agent.health.crash(one.service);
        return agent.hurt();
      case 'unhealthy':
        return this.#unhealthy(one);
      case 'alarm':
        void this.#stage.outside.alarm(one, 'firing').then(this.#stage.look);
        return this.#lasts(
          `the alarm ${one.name} in ${one.in ?? 'the environment before'}`,
          one.forMs,
          () => void this.#stage.outside.alarm(one, 'resolved').then(this.#stage.look),
        );
      case 'evidence':
        return void this.#stage.outside.evidence(one.gate).then(this.#stage.look);
      case 'webhook':
        return void this.#stage.outside.answer(one).then(this.#stage.look);
    }
  }

  #agentAway(how: 'killed' | 'stopped', forMs: number | null): void {
    const { agent, plane, lookEveryMs } = this.#stage;
    this.#say(`The agent ${how === 'killed' ? 'is killed' : 'stands still'}`);
    if (how === 'killed') {
      agent.kill();
      this.#agentWasKilled = true;
    } else agent.stop();
    this.#counting ??= plane.clock.every(lookEveryMs, () => agent.pass());
    this.#lasts('the agent is away', forMs, () => {
      this.#counting?.[Symbol.dispose]();
      this.#counting = null;
      this.#say(`The agent is ${this.#agentWasKilled ? 'started anew' : 'let go on'}`);
      this.#agentWasKilled = false;
      agent.go();
    });
  }

  #controlPlaneAway(forMs: number | null): void {
    this.#say('The control plane is away');
    void this.#stage.plane.stop();
    this.#lasts('the control plane is away', forMs, () => {
      this.#say('The control plane is back');
      void this.#stage.plane.restart();
    });
  }

  #unhealthy({ service, forMs }: Extract<Happening, { kind: 'unhealthy' }>): void {
    const { agent } = this.#stage;
    this.#say(`${service}: the new version fails its health check`);
    agent.health.sicken(service);
    agent.hurt();
    this.#lasts(`${service} is unhealthy`, forMs, () => agent.health.recover(service));
  }

  /** What befalls the same thing again before it is over is over with the last of them. */
  #lasts(what: string, forMs: number | null, over: () => void): void {
    this.#lasting.set(what, (this.#lasting.get(what) ?? 0) + 1);
    if (forMs === null) return;
    this.#after(forMs, () => {
      const left = (this.#lasting.get(what) ?? 1) - 1;
      this.#lasting.set(what, left);
      if (left === 0) over();
    });
  }

  #say = (message: string): void => this.#stage.timeline.say('happening', message, 'warning');
}
