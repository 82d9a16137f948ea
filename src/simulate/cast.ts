import { Failure, isFailure } from '../domain/failure.ts';
import type { ActorId, PromotionId } from '../domain/ids.ts';
import { rungOf } from '../domain/pipeline.ts';
import type { ProjectFile } from '../domain/project-file/types.ts';
import { allMembers } from '../domain/roles.ts';
import type { PromotionView } from '../lifecycle/views.ts';
import { shortName } from './scenario/members.ts';
import { actByRule, firstOf, type Ground, isRuleAct, nobody } from './rule-acts.ts';
import type { Act, PersonAct, Scenario } from './scenario/types.ts';
import type { Timeline } from './timeline.ts';
import type { Plane } from './world/plane.ts';

/** The people of the project. What they cannot do is told, and ends nothing. */
export class Cast {
  readonly #plane: Plane;
  readonly #scenario: Scenario;
  readonly #file: ProjectFile;
  readonly #timeline: Timeline;
  #promotion: PromotionId | null = null;
  #refused: Failure | null = null;

  constructor(plane: Plane, scenario: Scenario, file: ProjectFile, timeline: Timeline) {
    this.#plane = plane;
    this.#scenario = scenario;
    this.#file = file;
    this.#timeline = timeline;
  }

  get #ground(): Ground {
    return { plane: this.#plane, scenario: this.#scenario, file: this.#file };
  }

  get #step() {
    return rungOf(this.#file, this.#scenario.to)?.step;
  }

  /** What was asked for; null where nothing was yet, or it was refused. */
  get promotion(): PromotionId | null {
    return this.#promotion;
  }

  /** Why asking was refused; null where it was not. */
  get refused(): Failure | null {
    return this.#refused;
  }

  /** Whoever a scenario leaves to itself does what is needed, at once. */
  async begin(): Promise<void> {
    if (!this.#says('validate')) await this.#validateWhereAsked();
    if (!this.#says('promote') && !this.#says('promote in emergency')) await this.act(plain('promote'));
  }

  async act(act: PersonAct): Promise<void> {
    const { does, who } = act;
    try {
      if (!this.#plane.isUp()) throw away;
      await this.#do(act);
    } catch (thrown) {
      if (!isFailure(thrown) || thrown.kind === 'defect') throw thrown;
      if (does.startsWith('promote')) this.#refused = thrown;
      const name = who === null ? 'Somebody' : shortName(who);
      this.#timeline.say('happening', `${name} could not ${does}: ${thrown.message}`, 'warning');
    }
  }

  async #do(act: PersonAct): Promise<void> {
    const { does, who, why } = act;
    if (isRuleAct(does)) return void (await actByRule(does, this.#ground, act));
    const { control, project } = this.#plane;
    const person = who ?? this.#anybody();
    const caller = this.#plane.as(person);
    const reason = why ?? 'as the scenario says';
    switch (does) {
      case 'promote':
        return this.#promote(person, why);
      case 'promote in emergency':
        return this.#promoteInEmergency(who ?? firstOf(this.#ground, this.#step?.emergency?.from), reason);
      case 'confirm emergency':
        return this.#approve(who ?? firstOf(this.#ground, this.#step?.emergency?.second), true);
      case 'validate':
        return void (await control.validate(project, this.#source(), {}, caller));
      case 'approve':
        return who === null ? this.#approveByAll(person) : this.#approve(who);
      case 'reject':
        return void (await control.reject(project, this.#asked(), { reason }, caller));
      case 'pause':
        return void (await control.pause(project, await this.#rollout(), { note: why ?? '' }, caller));
      case 'resume':
        return void (await control.resume(project, await this.#rollout(), { note: why ?? '' }, caller));
      case 'advance':
        return void (await control.advance(project, await this.#rollout(), { reason }, caller));
      case 'take back':
        return void (await control.abort(project, await this.#rollout(), { reason }, caller));
    }
  }

  async #promote(person: ActorId, why: string | null): Promise<void> {
    const { release, to } = this.#scenario;
    const ask = { release, to, ...(why === null ? {} : { reason: why }) };
    const { control, project } = this.#plane;
    const view = await control.requestPromotion(project, ask, this.#plane.as(person));
    this.#promotion = view.id;
    this.#refused = null;
    if (!this.#says('approve') && !this.#says('reject')) await this.#approveByAll(person);
  }

  /** Nobody confirms it unless a scenario says so: that is another person's. */
  async #promoteInEmergency(person: ActorId, reason: string): Promise<void> {
    const { release, to } = this.#scenario;
    const { control, project } = this.#plane;
    const ask = { release, to, reason, emergency: true };
    const view = await control.requestPromotion(project, ask, this.#plane.as(person));
    this.#promotion = view.id;
    this.#refused = null;
  }

  /** One after the other, until nobody is missing. */
  async #approveByAll(requester: ActorId): Promise<void> {
    const members = this.#approvers().filter((member) => member !== requester);
    for (const member of [...members, requester]) {
      if (!(await this.#view()).admission.blockers.some(({ kind }) => kind === 'approvals')) return;
      await this.#approve(member).catch(unlessDenied);
    }
  }

  /** Of each role the first member, then everybody else. */
  #approvers(): readonly ActorId[] {
    const from = rungOf(this.#file, this.#scenario.to)?.step.approvals?.from ?? [];
    const firsts = from.flatMap((role) => this.#file.roles[role]?.members[0] ?? []);
    return [...new Set([...firsts, ...allMembers(this.#file)])];
  }

  async #approve(person: ActorId, emergency = false): Promise<void> {
    const { id, plan } = await this.#view();
    const { control, project } = this.#plane;
    const ask = { planHash: plan.hash, ...(emergency && { emergency }) };
    await control.approve(project, id, ask, this.#plane.as(person));
  }

  async #validateWhereAsked(): Promise<void> {
    const gates = rungOf(this.#file, this.#scenario.to)?.step.gates ?? [];
    if (gates.some(({ kind }) => kind === 'validation')) await this.act(plain('validate'));
  }

  #view = (): Promise<PromotionView> => this.#plane.control.promotion(this.#plane.project, this.#asked());

  #asked(): PromotionId {
    if (this.#promotion !== null) return this.#promotion;
    throw new Failure('absent', 'promotion-unknown', 'Nothing was asked for yet.');
  }

  async #rollout() {
    const { rollout } = await this.#plane.control.environment(this.#plane.project, this.#scenario.to);
    if (rollout !== null) return rollout;
    throw new Failure('conflict', 'rollout-not-live', 'Nothing is being rolled out.');
  }

  /** The environment before. */
  #source(): string {
    return rungOf(this.#file, this.#scenario.to)?.before.at(-1)?.environment ?? this.#scenario.to;
  }

  /** One whom no approval waits for, where there is such a member. */
  #anybody(): ActorId {
    const from = rungOf(this.#file, this.#scenario.to)?.step.approvals?.from ?? [];
    const approvers = new Set(from.flatMap((role) => this.#file.roles[role]?.members ?? []));
    const members = allMembers(this.#file);
    return members.find((member) => !approvers.has(member)) ?? members.at(-1) ?? nobody;
  }

  #says = (does: Act): boolean =>
    this.#scenario.happens.some((one) => one.kind === 'act' && one.does === does);
}

const plain = (does: Act): PersonAct => ({
  does,
  who: null,
  why: null,
  gate: null,
  to: null,
  forMs: null,
});

const away = new Failure('unavailable', 'control-plane-away', 'the control plane is away.');

function unlessDenied(thrown: unknown): void {
  if (!isFailure(thrown) || thrown.kind !== 'denied') throw thrown;
}
