import type { ChangeRequestView } from '../lifecycle/views.ts';
import { type ActorId, instant, later, type RoleName } from '../domain/ids.ts';
import { rungOf } from '../domain/pipeline.ts';
import type { PipelineStep, ProjectFile } from '../domain/project-file/types.ts';
import { allMembers } from '../domain/roles.ts';
import type { Act, PersonAct, Scenario } from './scenario/types.ts';
import type { Plane } from './world/plane.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const usualReason = 'as the scenario says';

/** Where people act, and by which rules. */
export interface Ground {
  readonly plane: Plane;
  readonly scenario: Scenario;
  readonly file: ProjectFile;
}

type RuleAct = (ground: Ground, act: PersonAct) => Promise<unknown>;

/** What people do about rules, beside approving: passing a gate over, opening a window, standing in, changes. */
const ruleActs = {
  waive: (ground, { who, why, gate }) => {
    const { plane, scenario } = ground;
    const by = who ?? firstOf(ground, stepOf(ground)?.waive);
    const ask = { ...whatFor(scenario), gate: gate ?? '', reason: why ?? usualReason };
    return plane.control.waive(plane.project, ask, plane.as(by));
  },
  'ask again': (ground, { who, gate }) => {
    const { plane, scenario } = ground;
    const by = who ?? firstOf(ground, undefined);
    return plane.control.askGate(plane.project, { ...whatFor(scenario), gate: gate ?? '' }, plane.as(by));
  },
  'make exception': (ground, { who, why, forMs }) => {
    const { plane, scenario } = ground;
    const by = who ?? firstOf(ground, stepOf(ground)?.waive);
    const to = later(plane.clock.now(), forMs ?? hourMs);
    const ask = { environment: scenario.to, to, reason: why ?? usualReason };
    return plane.control.makeException(plane.project, ask, plane.as(by));
  },
  delegate: (ground, { who, why, to, forMs }) => {
    const { plane } = ground;
    const by = who ?? firstOf(ground, stepOf(ground)?.approvals?.from);
    const until = later(plane.clock.now(), forMs ?? dayMs);
    const ask = { to: to ?? '', until, reason: why ?? usualReason };
    return plane.control.delegate(plane.project, ask, plane.as(by));
  },
  'request change': requestChange,
  'edit change': async (ground, { who, why }) => {
    const { plane } = ground;
    const { id, seen, requestedBy } = await newestChange(ground);
    const asker = requestedBy.kind === 'person' ? requestedBy.id : firstOf(ground, undefined);
    const edit = { seen, description: why ?? usualReason };
    return plane.control.editChangeRequest(plane.project, id, edit, plane.as(who ?? asker));
  },
  'approve change': async (ground, { who }) => {
    const { plane } = ground;
    const { id, seen } = await newestChange(ground);
    const by = who ?? changeBoard(ground);
    return plane.control.approveChangeRequest(plane.project, id, { seen }, plane.as(by));
  },
  'reject change': async (ground, { who, why }) => {
    const { plane } = ground;
    const { id } = await newestChange(ground);
    const by = who ?? changeBoard(ground);
    return plane.control.rejectChangeRequest(plane.project, id, { reason: why ?? usualReason }, plane.as(by));
  },
} satisfies Partial<Record<Act, RuleAct>>;

type RuleActName = keyof typeof ruleActs;

export const isRuleAct = (does: Act): does is RuleActName => Object.hasOwn(ruleActs, does);

export const actByRule = (does: RuleActName, ground: Ground, act: PersonAct): Promise<unknown> =>
  ruleActs[does](ground, act);

function requestChange(ground: Ground, { who, why, forMs }: PersonAct): Promise<unknown> {
  const { plane, scenario } = ground;
  const from = instant(plane.clock.now());
  const board = new Set(membersOf(ground, changeRoles(ground)));
  const asker = allMembers(ground.file).find((member) => !board.has(member));
  return plane.control.createChangeRequest(
    plane.project,
    {
      ...whatFor(scenario),
      reference: null,
      type: 'normal',
      risk: 'low',
      window: { from, to: later(from, forMs ?? dayMs) },
      rollbackMinutes: 15,
      testing: 'As the gates say',
      communication: 'As usual',
      description: why ?? usualReason,
    },
    plane.as(who ?? asker ?? firstOf(ground, undefined)),
  );
}

async function newestChange({ plane, scenario }: Ground): Promise<ChangeRequestView> {
  const query = { release: scenario.release, environment: scenario.to, limit: 1 };
  const { items } = await plane.control.changeRequests(plane.project, query);
  // Where there is none, the control plane says so of this number.
  return items[0] ?? plane.control.changeRequest(plane.project, 'CHG-0001');
}

const whatFor = ({ release, to }: Scenario) => ({ release, to });

const stepOf = ({ file, scenario }: Ground): PipelineStep | undefined => rungOf(file, scenario.to)?.step;

const changeRoles = (ground: Ground): readonly RoleName[] =>
  (stepOf(ground)?.gates ?? []).flatMap((gate) => (gate.kind === 'change-request' ? gate.from : []));

const changeBoard = (ground: Ground): ActorId => firstOf(ground, changeRoles(ground));

const membersOf = ({ file }: Ground, roles: readonly RoleName[] = []): readonly ActorId[] =>
  roles.flatMap((role) => file.roles[role]?.members ?? []);

/** The first of those roles; of all members where none is named, or nobody holds one. */
export const firstOf = (ground: Ground, roles: readonly RoleName[] | undefined): ActorId =>
  membersOf(ground, roles)[0] ?? allMembers(ground.file)[0] ?? nobody;

/** Holds no role, and so may nothing. */
export const nobody = 'nobody@example.org' as ActorId;
