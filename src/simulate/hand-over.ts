import type { EvidenceFacts } from '../domain/evidence/facts.ts';
import type { Sayable } from '../domain/evidence/said.ts';
import { gateName } from '../domain/gate.ts';
import type { ActorId } from '../domain/ids.ts';
import { rungOf } from '../domain/pipeline.ts';
import type { GateSpec } from '../domain/project-file/types.ts';
import { allMembers } from '../domain/roles.ts';
import type { Caller, SayEvidence } from '../lifecycle/face.ts';
import { firstOf, type Ground } from './rule-acts.ts';
import { fileOf } from './world/handed-over.ts';

/** A token such as CI or monitoring has. */
export const program: Caller = {
  actor: { kind: 'token', id: 'ci' as ActorId, name: 'ci' },
  scopes: ['evidence'],
  person: null,
};

const none = { count: 0, shown: [] } as const;

/** Hands over all that one gate asks for, and all of it is good. Gates that ask for no evidence get nothing. */
export async function handOver(ground: Ground, name: string): Promise<void> {
  const gates = rungOf(ground.file, ground.scenario.to)?.step.gates ?? [];
  const gate = gates.find((one) => gateName(one) === name);
  if (gate !== undefined) await handOverFor(ground, gate);
}

async function handOverFor(ground: Ground, gate: GateSpec): Promise<void> {
  switch (gate.kind) {
    case 'tests':
      for (const suite of gate.suites.length === 0 ? ['tests'] : gate.suites)
        await addFile(ground, suite, allPassed);
      return;
    case 'coverage':
      return addFile(ground, 'coverage', allCovered);
    case 'scan':
      return addFile(ground, 'scan', nothingFound);
    case 'bugs':
      return say(ground, program, { facts: { kind: 'count', count: 0, tracker: null, link: null } });
    case 'review':
      return say(ground, program, { facts: reviewed(ground, gate.count) });
    case 'uat':
      return say(ground, signer(ground, gate), {
        ...(before(ground) !== undefined && { environment: before(ground) }),
        facts: { kind: 'uat', verdict: 'accepted', testers: ['users'], scenarios: [], note: '' },
      });
    case 'checklist': {
      const items = gate.items.map((item) => ({ item, done: true, note: '' }));
      return say(ground, signer(ground, gate), { name: gate.name, facts: { kind: 'checklist', items } });
    }
    case 'rollback-plan':
      return writePlan(ground, gate);
    case 'soak':
    case 'smoke':
    case 'validation':
    case 'stability':
    case 'alarms':
    case 'change-request':
    case 'rule':
    case 'webhook':
  }
}

const before = ({ file, scenario }: Ground): string | undefined =>
  rungOf(file, scenario.to)?.before.at(-1)?.environment;

const signer = (ground: Ground, gate: Extract<GateSpec, { from: unknown }>): Caller =>
  ground.plane.as(firstOf(ground, gate.from));

async function say(
  { plane, scenario }: Ground,
  by: Caller,
  ask: Omit<SayEvidence, 'release'>,
): Promise<void> {
  await plane.control.sayEvidence(plane.project, { release: scenario.release, ...ask }, by);
}

async function addFile({ plane, scenario }: Ground, name: string, facts: EvidenceFacts): Promise<void> {
  const ask = { release: scenario.release, name, fileName: `${name}.json`, format: facts.kind };
  await plane.control.addEvidence(plane.project, ask, fileOf(facts), program);
}

/** One writes it, and another one reads it. */
async function writePlan(ground: Ground, gate: Extract<GateSpec, { kind: 'rollback-plan' }>): Promise<void> {
  const { plane, scenario, file } = ground;
  const reader = firstOf(ground, gate.from);
  const writer = allMembers(file).find((member) => member !== reader) ?? reader;
  const { release } = scenario;
  const facts: Sayable = {
    kind: 'rollback-plan',
    steps: 'rung rollback',
    minutes: 5,
    dataStaysReadable: true,
  };
  const plan = await plane.control.sayEvidence(plane.project, { release, facts }, plane.as(writer));
  await plane.control.readRollbackPlan(plane.project, { release, plan: plan.id }, plane.as(reader));
}

const reviewed = ({ file }: Ground, count: number): Sayable => ({
  kind: 'review',
  approvedBy: allMembers(file).slice(0, count),
  requestedChanges: [],
  url: '',
});

const allPassed: EvidenceFacts = {
  kind: 'tests',
  total: 1,
  passed: 1,
  failed: 0,
  errors: 0,
  skipped: 0,
  flaky: 0,
  suites: 1,
  durationMs: 1000,
  failures: [],
  disagreements: none,
};

const allCovered: EvidenceFacts = {
  kind: 'coverage',
  linesFound: 100,
  linesHit: 100,
  lineRatio: 1,
  branchesFound: 0,
  branchesHit: 0,
  branchRatio: null,
  files: 1,
  lowest: [],
  disagreements: none,
};

const nothingFound: EvidenceFacts = {
  kind: 'scan',
  bySeverity: { critical: 0, high: 0, medium: 0, low: 0, note: 0 },
  findings: [],
  tools: [],
  suppressed: 0,
};
