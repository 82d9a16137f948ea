import process from 'node:process';
import type { Evidence, EvidenceFacts, EvidenceId } from '../../src/domain/evidence/evidence.ts';
import { speaking } from '../../src/domain/evidence/evidence.ts';
import { type ActorId, instant, type RoleName } from '../../src/domain/ids.ts';
import { planOf } from '../../src/domain/plan.ts';
import type { GateSpec, PipelineStep, ProjectFile } from '../../src/domain/project-file/types.ts';
import { admit } from '../../src/lifecycle/promote/admit.ts';
import type { AdmissionFacts } from '../../src/lifecycle/promote/facts.ts';
import { aCleanAsk, file as smallFile, next, now, running } from '../../src/lifecycle/promote/facts.kit.ts';
import { row, sized, subject } from './row.ts';

const limitPerSecond = 100_000;
const rounds = sized(50_000, 500);
/** The best counts: in the others the engine compiles, or somebody else has the processor's caches. */
const turns = 6;
const names = ['ada', 'bo', 'cy', 'di', 'ed'];
const people = names.map((name) => `${name}@example.org` as ActorId);
const roleNames = names.map((name) => `${name}s-team` as RoleName);

/** Five roles of ten people each; one of each is known here by name. */
const roles: ProjectFile['roles'] = Object.fromEntries(
  people.map((person, role) => {
    const others = Array.from({ length: 9 }, (_, index) => `${role}-${index}@example.org` as ActorId);
    return [roleNames[role] ?? '', { members: [...others, person], contact: `#${role}` }];
  }),
);

const items = ['telephones', 'status page', 'dashboards'];
const checklists = Array.from({ length: 8 }, (_, index) => `list-${index}`);
const plain: readonly GateSpec[] = [
  { kind: 'smoke' },
  { kind: 'soak', forMs: 86_400_000 },
  { kind: 'validation' },
  { kind: 'tests', suites: ['unit'] },
  { kind: 'tests', suites: ['integration', 'browser'] },
  { kind: 'coverage', limit: 0.8, inclusive: false },
  { kind: 'review', count: 2 },
  { kind: 'scan', none: ['critical', 'high'] },
  { kind: 'bugs', atMost: 0 },
  { kind: 'uat', from: roleNames.slice(0, 2) },
  { kind: 'rollback-plan', from: [] },
  ...checklists.map((name): GateSpec => ({ kind: 'checklist', name, items, from: [] })),
];
const twenty: readonly GateSpec[] = [...plain, { kind: 'tests', suites: [] }];
const own: GateSpec = {
  kind: 'rule',
  name: 'small',
  when: 'size(release.services) < 5 && evidence.tests.unit.failed == 0 && gates.scan == "passed"',
  otherwise: '',
};

const source = running('test', [next, 40]);
const nothingDisagrees = { count: 0, shown: [] };
const passed = {
  total: 900,
  passed: 900,
  failed: 0,
  errors: 0,
  skipped: 0,
  flaky: 0,
  suites: 9,
  durationMs: 1,
  failures: [],
  disagreements: nothingDisagrees,
};
const tests: EvidenceFacts = { kind: 'tests', ...passed };
const linesHit = { linesFound: 1000, linesHit: 900, lineRatio: 0.9 };
const branches = { branchesFound: 0, branchesHit: 0, branchRatio: null };
const severities = { critical: 0, high: 0, medium: 3, low: 9, note: 0 };
const plan = { steps: 'Put it back.', minutes: 5, dataStaysReadable: true };
const [ada, bo, , , ed] = people as [ActorId, ActorId, ActorId, ActorId, ActorId];

const evidence = speaking([
  ...['unit', 'integration', 'browser'].map((name) => piece(name, tests)),
  piece('coverage', {
    kind: 'coverage',
    ...linesHit,
    ...branches,
    files: 10,
    lowest: [],
    disagreements: nothingDisagrees,
  }),
  piece('review', { kind: 'review', approvedBy: [ada, bo], requestedChanges: [], url: '' }),
  piece('scan', { kind: 'scan', bySeverity: severities, findings: [], tools: [], suppressed: 0 }),
  piece('count', { kind: 'count', count: 0, tracker: null, link: null }),
  {
    ...piece('uat', { kind: 'uat', verdict: 'accepted', testers: ['Eve'], scenarios: [], note: '' }),
    environment: source.id,
  },
  piece('rollback-plan', { kind: 'rollback-plan', ...plan, writtenBy: ada, reviewedBy: [bo] }),
  ...checklists.map((name) =>
    piece(name, { kind: 'checklist', items: items.map((item) => ({ item, done: true, note: '' })) }),
  ),
]);

function piece(name: string, facts: EvidenceFacts): Evidence {
  return {
    id: `${facts.kind} ${name}` as EvidenceId,
    project: next.project,
    kind: facts.kind,
    name,
    tree: next.manifest.tree,
    environment: null,
    facts,
    file: null,
    by: { kind: 'person', id: ada },
    at: instant(now - 1000),
  };
}

/** 1.1.0 into prod, asked by one person and approved by four others with four roles. */
function asking(gates: readonly GateSpec[], other: Partial<AdmissionFacts> = {}): AdmissionFacts {
  const clean = aCleanAsk();
  const approvals = {
    count: 4,
    from: roleNames,
    distinctRoles: 4,
    notRequester: true,
    expireMs: 86_400_000,
  };
  const environments = {
    prod: { ...smallFile.environments['prod' as never], windows: ['Mon-Sun 00:00-24:00 Europe/London'] },
  };
  const file = { ...smallFile, roles, environments } as unknown as ProjectFile;
  const step: PipelineStep = { environment: clean.target.name, gates, approvals };
  const hash = planOf(clean.target, next).hash;
  const given = people.slice(0, 4).map((by) => ({
    by,
    roles: [],
    release: next.id,
    planHash: hash,
    at: instant(now - 1000),
    comment: '',
  }));
  return {
    ...clean,
    file,
    rung: clean.rung === null ? null : { ...clean.rung, step },
    requester: { kind: 'person', id: ed },
    promotion: clean.promotion === null ? null : { ...clean.promotion, approvals: given },
    evidence,
    ...other,
  };
}

function measure(name: string, facts: AdmissionFacts): void {
  const answer = admit(facts, now);
  const open = answer.gates.filter(({ state }) => state === 'passed').length;
  const perSecond = Math.max(...Array.from({ length: turns }, () => answersPerSecond(facts)));
  const said = `${open} of ${answer.gates.length} gates open, ${answer.blockers.length} blockers`;
  const reach = { text: '≥ 100,000', holds: perSecond >= limitPerSecond };
  row({ what: name, figure: perSecond, unit: 'answers/CPU s', note: said, reach });
}

/** In processor time: what else the machine does should not matter. */
function answersPerSecond(facts: AdmissionFacts): number {
  const before = process.cpuUsage();
  for (let round = 0; round < rounds; round += 1) admit(facts, now);
  const { user, system } = process.cpuUsage(before);
  return rounds / ((user + system) / 1e6);
}

subject({
  title: 'Admission',
  about:
    'How often one core answers "may this go there now?", over 20 gates and 4 approvals, with all facts in memory.',
});
measure('everything in order', asking(twenty));
measure('nothing in order', asking(twenty, { evidence: [], promotion: null, before: [] }));
measure('with a rule of a team’s own', asking([...plain, own]));
