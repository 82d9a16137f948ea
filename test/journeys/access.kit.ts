import { readFileSync } from 'node:fs';
import type { GateAnswer } from '../../src/domain/gate.ts';
import { instant } from '../../src/domain/ids.ts';
import type { TrafficReading } from '../../src/domain/observed-traffic/types.ts';
import type { Caller, SayEvidence } from '../../src/lifecycle/face.ts';
import { protocolVersion } from '../../src/protocol/messages.ts';
import { evidenceReaders, readerFor } from '../../src/providers/evidence/index.ts';
import type { Plane } from '../../src/simulate/world/plane.ts';
import { type FixedShares, simulateAgent } from '../kit/made-up-traffic.ts';
import { openPlane } from '../kit/plane.ts';
import { hourMs, minuteMs } from './ladder.kit.ts';

/** The people of the runbook, by what they are there for. */
export const [ada, bo, cy, dee, flo, gus] = ['ada', 'bo', 'cy', 'dee', 'flo', 'gus'].map(
  (name) => `${name}@example.org`,
) as [string, string, string, string, string, string];

/** The project of the runbook with its real times, in virtual time. In DEV so many of a hundred requests fail. */
export async function access(prod?: FixedShares, errorsInDev = 0): Promise<Plane> {
  const yaml = readFileSync(new URL('../../examples/access/rung.yaml', import.meta.url), 'utf8');
  const plane = await openPlane(yaml);
  Object.assign(plane.parts, { readers: { known: evidenceReaders, guess: readerFor } });
  for (const name of ['dev', 'sit']) simulateAgent(plane, name);
  simulateAgent(plane, 'prod', prod);
  for (const name of ['dev', 'sit']) readTraffic(plane, name, name === 'dev' ? errorsInDev : 0);
  return plane;
}

/** Plays what an agent reads at its gateway, told hour by hour: a hundred requests to each service in five minutes. */
function readTraffic(plane: Plane, name: string, errors: number): void {
  const mine = plane.declared.environments.find((one) => one.name === name);
  if (mine === undefined) throw new Error(`no environment ${name}`);
  const beganAt = plane.clock.now();
  const coveredMs = 5 * minuteMs;
  const reading = (turn: number): TrafficReading => {
    const counts = { requests: turn * 100, errors: turn * errors };
    const services = { grants: counts, people: counts } as TrafficReading['services'];
    return {
      environment: mine.id,
      epoch: 'one',
      at: instant(beganAt + turn * coveredMs),
      coveredMs,
      services,
    };
  };
  const identity = { agent: mine.agent, project: plane.project, environments: [mine.id] };
  const tell = async (hour: number): Promise<void> => {
    plane.clock.after(hourMs, () => void tell(hour + 1));
    await plane.agents.observe(identity, {
      protocol: protocolVersion,
      boot: 'reads traffic',
      sequence: hour,
      observations: [],
      samples: [],
      traffic: Array.from({ length: 12 }, (_, turn) => reading((hour - 1) * 12 + turn + 1)),
      countersignature: null,
    });
  };
  plane.clock.after(hourMs, () => void tell(1));
}

export const mergeIntoDevelop = (plane: Plane, message: string): Promise<string> =>
  plane.release(message, { grants: `grants: ${message}`, people: `people: ${message}` });

const ci: Caller = {
  actor: { kind: 'token', id: 'ci' as never, name: 'ci' },
  scopes: ['evidence'],
  person: null,
};

async function hand(plane: Plane, release: string, fileName: string, text: string, name?: string) {
  const bytes = async function* (): AsyncGenerator<Uint8Array> {
    yield new TextEncoder().encode(text);
  };
  await plane.control.addEvidence(plane.project, { release, name, fileName }, bytes(), ci);
}

const suite = '<testsuite name="access"><testcase name="grants"/></testsuite>';
const nineOfTen = [...Array(10).keys()].map((line) => `DA:${line + 1},${line === 0 ? 0 : 1}\n`).join('');
const noFindings = JSON.stringify({
  version: '2.1.0',
  runs: [{ tool: { driver: { name: 'scanner' } }, results: [] }],
});

const say = (plane: Plane, by: string, ask: SayEvidence) =>
  plane.control.sayEvidence(plane.project, ask, by === 'ci' ? ci : plane.as(by));

async function tickAll(plane: Plane, release: string, name: string, by: string): Promise<void> {
  const { pipelines } = await plane.control.rules(plane.project);
  const gates = Object.values(pipelines).flatMap((steps) => steps.flatMap((step) => step.gates));
  const items = gates.flatMap((gate) => (gate.kind === 'checklist' && gate.name === name ? gate.items : []));
  const facts = { kind: 'checklist', items: items.map((item) => ({ item, done: true, note: '' })) } as const;
  await say(plane, by, { release, name, facts });
}

async function writePlan(plane: Plane, release: string): Promise<void> {
  const facts = {
    kind: 'rollback-plan',
    steps: 'rung rollback prod',
    minutes: 5,
    dataStaysReadable: true,
  } as const;
  const { id } = await say(plane, flo, { release, facts });
  await plane.control.readRollbackPlan(plane.project, { release, plan: id }, plane.as(bo));
}

/** When prod opens next, as its calendar says. */
async function nextWindow({ control, project, clock }: Plane): Promise<number> {
  const { environments } = await control.calendar(project, {});
  const prod = environments.find(({ environment }) => environment === 'prod');
  return prod === undefined || prod.open ? clock.now() : (prod.changesAt ?? Number.NaN);
}

async function approveChange(plane: Plane, release: string): Promise<void> {
  const from = await nextWindow(plane);
  const { id, seen } = await plane.control.createChangeRequest(
    plane.project,
    {
      release,
      to: 'prod',
      reference: 'CHG-12345',
      type: 'normal',
      risk: 'medium',
      window: { from: instant(from), to: instant(from + hourMs) },
      rollbackMinutes: 5,
      testing: 'Smoke tests and health checks',
      communication: 'Slack #deployments',
      description: '',
    },
    plane.as(flo),
  );
  await plane.control.approveChangeRequest(plane.project, id, { seen }, plane.as(gus));
  await plane.clock.advance(Math.max(0, from - plane.clock.now()));
}

type Opening = (plane: Plane, release: string) => Promise<unknown>;

const aDay: Opening = (plane) => plane.clock.advance(24 * hourMs);
const nothing: Opening = async () => undefined;

/** Monitoring says that it looks, and that all is well. */
const noneFires =
  (environment: string): Opening =>
  ({ control, project }) =>
    control.postAlarm(project, environment, { name: 'errors', state: 'resolved' }, ci);

/** What opens each gate, in the order of the project file. What was well while it soaked is stable. */
export const openings: Readonly<Record<'sit' | 'prod', Readonly<Record<string, Opening>>>> = {
  sit: {
    tests: async (plane, release) => {
      await hand(plane, release, 'junit.xml', suite, 'unit');
      await hand(plane, release, 'junit.xml', suite, 'integration');
    },
    coverage: (plane, release) =>
      hand(plane, release, 'lcov.info', `SF:services/serve.js\n${nineOfTen}end_of_record\n`),
    review: (plane, release) =>
      say(plane, 'ci', {
        release,
        facts: { kind: 'review', approvedBy: ['bo'], requestedChanges: [], url: '' },
      }),
    scan: (plane, release) => hand(plane, release, 'scan.sarif', noFindings),
    soak: aDay,
    stability: nothing,
    alarms: noneFires('dev'),
    bugs: (plane, release) =>
      say(plane, 'ci', { release, facts: { kind: 'count', count: 0, tracker: 'jira', link: null } }),
    'rollback-plan': writePlan,
    'ready-for-sit': (plane, release) => tickAll(plane, release, 'ready-for-sit', flo),
  },
  prod: {
    tests: (plane, release) => hand(plane, release, 'sit-final-tests.xml', suite, 'sit'),
    soak: aDay,
    alarms: noneFires('sit'),
    validation: (plane) => plane.control.validate(plane.project, 'sit', {}, plane.as(cy)),
    uat: (plane, release) =>
      say(plane, cy, {
        release,
        environment: 'sit',
        facts: {
          kind: 'uat',
          verdict: 'accepted',
          testers: [cy],
          scenarios: [{ title: 'Grant a right', passed: true, note: '' }],
          note: '',
        },
      }),
    'change-request': approveChange,
    'go-live': (plane, release) => tickAll(plane, release, 'go-live', flo),
  },
};

export async function gatesOf(
  plane: Plane,
  release: string,
  to: string,
): Promise<ReadonlyMap<string, GateAnswer>> {
  const { admission } = await plane.control.why(plane.project, release, to, plane.as(bo));
  return new Map(admission.gates.map((one) => [one.gate, one]));
}

/** By hand into SIT: everything that the first checklist asks for, and the promotion itself. */
export async function climbToSit(plane: Plane, release: string): Promise<void> {
  await plane.clock.advance(minuteMs);
  for (const open of Object.values(openings.sit)) await open(plane, release);
  await plane.control.requestPromotion(plane.project, { release, to: 'sit' }, plane.as(bo));
  await plane.clock.advance(minuteMs);
}

/** Two of the four roles, each for the plan they saw. */
export async function approveByTwo(plane: Plane, release: string): Promise<void> {
  const { items } = await plane.control.promotions(plane.project, { environment: 'prod', open: true });
  const asked = items.find((one) => one.release.version === release);
  if (asked === undefined) throw new Error(`nobody asked for ${release} in prod`);
  for (const by of [ada, dee])
    await plane.control.approve(plane.project, asked.id, { planHash: asked.plan.hash }, plane.as(by));
}

/** Everything into PROD, asked for by a person and approved by two others, at the beginning of its window. */
export async function climbToProd(plane: Plane, release: string): Promise<void> {
  await plane.control.requestPromotion(plane.project, { release, to: 'prod' }, plane.as(bo));
  for (const open of Object.values(openings.prod)) await open(plane, release);
  await approveByTwo(plane, release);
}
