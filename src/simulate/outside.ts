import { noAlarms } from '../domain/alarms/changes.ts';
import { isFailure } from '../domain/failure.ts';
import { generateSigningKey } from '../domain/keys.ts';
import { silentLog } from '../domain/log.ts';
import { rungOf } from '../domain/pipeline.ts';
import type { ProjectFile } from '../domain/project-file/types.ts';
import { environmentNamed } from '../lifecycle/lookup.ts';
import { startQuestioner } from '../lifecycle/promote/questioner.ts';
import { handOver, program } from './hand-over.ts';
import type { Ground } from './rule-acts.ts';
import type { Happening, Scenario } from './scenario/types.ts';
import type { Timeline } from './timeline.ts';
import { AskedPrograms } from './world/asked-programs.ts';
import { madeUpReaders } from './world/handed-over.ts';
import type { Plane, PlaneOptions } from './world/plane.ts';

type Alarm = Extract<Happening, { kind: 'alarm' }>;
type Answer = Extract<Happening, { kind: 'webhook' }>;

/** How often it is looked whether somebody has to be asked, or did not answer in time. */
const lookEveryMs = 10_000;

/** Programs outside, as far as the rules for an environment ask them: what a control plane needs to reach them. */
export function outsideOf(
  file: ProjectFile,
  { to }: Scenario,
  closed: ReadonlySet<string>,
): { readonly programs: AskedPrograms; readonly options: PlaneOptions } {
  const programs = new AskedPrograms(closed);
  const asksPrograms = (rungOf(file, to)?.step.gates ?? []).some(({ kind }) => kind === 'webhook');
  const key = generateSigningKey();
  const asking: PlaneOptions = {
    key,
    beside: ({ store, clock }) =>
      startQuestioner({
        store,
        clock,
        log: silentLog,
        hook: programs,
        privateKey: key.privateKey,
        origin: () => 'http://simulated',
        everyMs: lookEveryMs,
      }),
  };
  return { programs, options: { readers: madeUpReaders, ...(asksPrograms && asking) } };
}

/** Somebody watches the environment before and the target, and nothing fires; unless a scenario says that nobody does. */
export async function watchAlarms(plane: Plane, file: ProjectFile, { to, missing }: Scenario): Promise<void> {
  const source = rungOf(file, to)?.before.at(-1)?.environment;
  if (missing.includes('alarms')) return;
  await plane.parts.store.transaction(async (tx) => {
    for (const name of source === undefined ? [to] : [source, to]) {
      const { id } = (await environmentNamed(tx, plane.project, name)).value;
      const watched = { ...noAlarms(plane.project, id), postedAt: plane.clock.now() };
      await tx.put(plane.project, 'alarm', id, watched, 0);
    }
  });
}

/** Monitoring, CI and programs of a team's own: what they say is told, and what nobody hears is told, too. */
export class Outside {
  readonly #ground: Ground;
  readonly #programs: AskedPrograms;
  readonly #timeline: Timeline;

  constructor(ground: Ground, programs: AskedPrograms, timeline: Timeline) {
    this.#ground = ground;
    this.#programs = programs;
    this.#timeline = timeline;
  }

  async alarm({ name, in: place }: Alarm, state: 'firing' | 'resolved'): Promise<void> {
    const { plane, scenario, file } = this.#ground;
    const environment = place ?? rungOf(file, scenario.to)?.before.at(-1)?.environment ?? scenario.to;
    this.#say(`${name} ${state === 'firing' ? 'fires' : 'is over'} in ${environment}`);
    await this.#try(() => plane.control.postAlarm(plane.project, environment, { name, state }, program));
  }

  async evidence(gate: string): Promise<void> {
    this.#say(`What ${gate} asks for is handed over`);
    await this.#try(() => handOver(this.#ground, gate));
  }

  async answer({ gate, verdict, why }: Answer): Promise<void> {
    const { plane } = this.#ground;
    const answer = { verdict, reason: why ?? '', url: '' };
    const open = this.#programs.decide(gate, answer);
    this.#say(`${gate} answers from now on: ${verdict === 'pass' ? 'yes' : 'no'}`);
    if (open === null) return;
    const { token } = open.callback;
    await this.#try(() => plane.control.answerQuestion(open.project, open.question, { ...answer, token }));
  }

  #say(message: string): void {
    this.#timeline.say('happening', message, 'warning');
  }

  async #try(say: () => Promise<unknown>): Promise<void> {
    try {
      await say();
    } catch (thrown) {
      if (!isFailure(thrown) || thrown.kind === 'defect') throw thrown;
      this.#say(`Nobody heeds it: ${thrown.message}`);
    }
  }
}
