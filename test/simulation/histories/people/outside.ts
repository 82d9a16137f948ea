import type { SeenAlarm } from '../../../../src/domain/alarms/types.ts';
import { Failure } from '../../../../src/domain/failure.ts';
import { instant } from '../../../../src/domain/ids.ts';
import type { OpenAlarmSource } from '../../../../src/ports/alarms.ts';
import type { GateHook } from '../../../../src/ports/gate-hook.ts';
import type { Chance } from '../../../../src/simulate/chance.ts';

/** A question that its program took in, to answer it later. */
export interface Asked {
  readonly question: string;
  readonly token: string;
}

/** As CI has it. */
export interface Token {
  readonly name: string;
  readonly secret: string;
}

/** Programs that are neither Rung nor its agents: monitoring, a scanner that is asked about releases, and CI with its tokens. */
export class Outside {
  /** Environments in which an alarm fires, as monitoring would say if it were asked. */
  readonly firing = new Set<string>();
  isMonitoringAway = false;
  /** Oldest first; those that were answered, too. */
  readonly asked: Asked[] = [];
  readonly tokens: Token[] = [];
  readonly #chance: Chance;

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  readonly hook: GateHook = {
    ask: async ({ body: { question, callback } }) => {
      const drawn = this.#chance();
      if (drawn < 0.4) return { kind: 'answer', verdict: 'pass', reason: '', url: '' };
      if (drawn < 0.65) return { kind: 'answer', verdict: 'fail', reason: 'a weakness', url: '' };
      if (drawn < 0.75) return { kind: 'unreachable', says: 'did not answer' };
      if (drawn < 0.8) return { kind: 'unusable', code: 'hook-unusable', says: 'said nothing of use' };
      this.asked.push({ question, token: callback.token });
      return { kind: 'pending' };
    },
  };

  readonly openAlarms: OpenAlarmSource = (spec) => ({
    look: async () => {
      if (this.isMonitoringAway) throw new Failure('unavailable', 'alarms-away', 'Nobody answers.');
      const environment = spec.kind === 'prometheus' ? (spec.labels['env'] ?? '') : '';
      return this.firing.has(environment) ? [errorsFire] : [];
    },
  });
}

const errorsFire: SeenAlarm = {
  key: 'errors',
  name: 'Errors',
  summary: '',
  state: 'firing',
  since: instant(0),
  url: null,
};
