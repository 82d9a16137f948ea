import { describe, expect, it } from 'vitest';
import type { GateAnswer } from '../../src/domain/gate.ts';
import type { Caller } from '../../src/lifecycle/face.ts';
import type { SayEvidence } from '../../src/lifecycle/evidence-face.ts';
import { evidenceReaders, readerFor } from '../../src/providers/evidence/index.ts';
import { simulateAgent } from '../kit/made-up-traffic.ts';
import type { Plane } from '../../src/simulate/world/plane.ts';
import { openPlane } from '../kit/plane.ts';
import { blockersOf, minuteMs, runs } from './ladder.kit.ts';

const gatedYaml = `
rung: 1
project: access
roles:
  engineering-lead: { members: [ada@example.org], contact: "#leads" }
  qa-lead: { members: [cy@example.org] }
services:
  web: { path: web, run: [node, server.js], health: /healthz }
environments:
  dev: { tier: development, source: develop, deploy: on-merge }
  sit: { tier: staging }
pipelines:
  main:
    - environment: dev
    - environment: sit
      gates: [{ tests: [unit, integration] }, { coverage: "> 80" }, { scan: [critical, high] }, review, { bugs: 0 }]
      waive: [engineering-lead]
`;

const ci: Caller = {
  actor: { kind: 'token', id: 'ci' as never, name: 'ci' },
  scopes: ['evidence'],
  person: null,
};

const suite = (failures: number): string =>
  `<testsuite name="s">${'<testcase name="a"/>'.repeat(3)}${'<testcase name="b"><failure message="no"/></testcase>'.repeat(failures)}</testsuite>`;

const bytesOf = async function* (text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
};

async function gated(): Promise<Plane & { readonly version: string }> {
  const plane = await openPlane(gatedYaml);
  Object.assign(plane.parts, { readers: { known: evidenceReaders, guess: readerFor } });
  simulateAgent(plane, 'dev');
  simulateAgent(plane, 'sit');
  const version = await plane.release('feat: begin', { web: 'web 1' });
  await plane.clock.advance(minuteMs);
  expect(await runs(plane, 'dev')).toBe(version);
  return { ...plane, version };
}

type Gated = Awaited<ReturnType<typeof gated>>;

const junit = ({ control, project, version: release }: Gated, name: string, failures = 0) =>
  control.addEvidence(project, { release, name, fileName: 'junit.xml' }, bytesOf(suite(failures)), ci);

const say = ({ control, project, version: release }: Gated, facts: SayEvidence['facts']) =>
  control.sayEvidence(project, { release, facts }, ci);

async function gatesOf(plane: Gated): Promise<Readonly<Record<string, GateAnswer['state']>>> {
  const { admission } = await plane.control.why(
    plane.project,
    plane.version,
    'sit',
    plane.as('ada@example.org'),
  );
  return Object.fromEntries(admission.gates.map(({ gate, state }) => [gate, state]));
}

describe('gates with evidence (REL-2)', () => {
  it('are all closed at first, and each says what it wants and from where', async () => {
    const plane = await gated();
    expect(await gatesOf(plane)).toEqual({
      tests: 'missing',
      coverage: 'missing',
      scan: 'missing',
      review: 'missing',
      bugs: 'missing',
    });
    const asking = plane.control.requestPromotion(
      plane.project,
      { release: plane.version, to: 'sit', dryRun: true },
      plane.as('ada@example.org'),
    );
    expect((await asking).admission.blockers.map(({ wayOut }) => wayOut).join('\n')).toContain(
      `rung evidence add junit.xml --kind tests --name unit --release ${plane.version}`,
    );
    expect(await blockersOf(asking)).toEqual([]);
  });

  it('open by what CI hands over, and the promotion that waits starts by itself with what opened them', async () => {
    const plane = await gated();
    const { project, control, version } = plane;
    const waiting = await control.requestPromotion(
      project,
      { release: version, to: 'sit' },
      plane.as('ada@example.org'),
    );
    await junit(plane, 'unit');
    expect(await gatesOf(plane)).toMatchObject({ tests: 'missing' });
    await junit(plane, 'integration');
    expect(await gatesOf(plane)).toMatchObject({ tests: 'passed' });
    await say(plane, { kind: 'review', approvedBy: ['bo'], requestedChanges: [], url: '' });
    await say(plane, { kind: 'count', count: 0, tracker: 'jira', link: null });
    for (const gate of ['coverage', 'scan'])
      await control.waive(
        project,
        { release: version, to: 'sit', gate, reason: 'generated code only' },
        plane.as('ada@example.org'),
      );
    await plane.clock.advance(minuteMs);
    expect(await runs(plane, 'sit')).toBe(version);
    const { admission } = await control.promotion(project, waiting.id);
    expect(admission.gates.map(({ gate, state }) => `${gate} ${state}`)).toEqual([
      'tests passed',
      'coverage waived',
      'scan waived',
      'review passed',
      'bugs passed',
    ]);
    expect(admission.gates[0]?.evidence.map(({ name }) => name).toSorted()).toEqual(['integration', 'unit']);
    expect(admission.gates[1]?.waiver).toMatchObject({
      by: 'ada@example.org',
      reason: 'generated code only',
    });
  });

  it('close again when a later run says otherwise: the newest of each name speaks', async () => {
    const plane = await gated();
    await junit(plane, 'unit');
    await junit(plane, 'integration');
    await plane.clock.advance(1000);
    await junit(plane, 'unit', 2);
    expect(await gatesOf(plane)).toMatchObject({ tests: 'failed' });
    await plane.clock.advance(1000);
    await junit(plane, 'unit');
    expect(await gatesOf(plane)).toMatchObject({ tests: 'passed' });
    const { items } = await plane.control.evidence(plane.project, plane.version, {});
    expect(items).toHaveLength(4);
  });

  it('keep the file as it came', async () => {
    const plane = await gated();
    const { id } = await junit(plane, 'unit');
    const { file, bytes } = await plane.control.evidenceFile(plane.project, id);
    let text = '';
    for await (const piece of bytes) text += new TextDecoder().decode(piece);
    expect(text).toBe(suite(0));
    expect(file).toMatchObject({ name: 'junit.xml', format: 'junit', bytes: suite(0).length });
  });

  it('bind to the source tree: another release of it has them, a new tree has not', async () => {
    const plane = await gated();
    await junit(plane, 'unit');
    await junit(plane, 'integration');
    const later = await plane.release('fix: more', { web: 'web 2' });
    await plane.clock.advance(minuteMs);
    expect(await gatesOf({ ...plane, version: later })).toMatchObject({ tests: 'missing' });
    expect(await gatesOf(plane)).toMatchObject({ tests: 'passed' });
  });

  it('are waived only by who may, and only where there is such a gate', async () => {
    const plane = await gated();
    const waive = (gate: string, person: string) =>
      plane.control.waive(
        plane.project,
        { release: plane.version, to: 'sit', gate, reason: 'x' },
        plane.as(person),
      );
    await expect(waive('coverage', 'cy@example.org')).rejects.toMatchObject({ code: 'waiver-role-missing' });
    await expect(waive('covrage', 'ada@example.org')).rejects.toMatchObject({ code: 'gate-unknown' });
    await expect(
      plane.control.waive(
        plane.project,
        { release: plane.version, to: 'sit', gate: 'coverage', reason: 'x' },
        ci,
      ),
    ).rejects.toMatchObject({ code: 'person-needed' });
  });

  it('refuse a file that cannot be read with every problem and its place, and keep nothing of it', async () => {
    const plane = await gated();
    const { control, project, version: release } = plane;
    const bad = (text: string, more: object = {}) =>
      control.addEvidence(project, { release, fileName: 'junit.xml', ...more }, bytesOf(text), ci);
    await expect(bad('<testsuite name="s"><testcase>')).rejects.toMatchObject({
      code: 'evidence-unreadable',
      problems: [{ place: { file: 'junit.xml', line: 1 } }],
    });
    await expect(bad('hello')).rejects.toMatchObject({ kind: 'invalid' });
    await expect(bad(suite(0), { kind: 'coverage' })).rejects.toMatchObject({
      code: 'evidence-of-another-kind',
    });
    await expect(bad(suite(0), { format: 'nunit' })).rejects.toMatchObject({
      code: 'evidence-format-unknown',
    });
    await expect(bad(suite(0), { release: '9.9.9' })).rejects.toMatchObject({ code: 'release-unknown' });
    expect((await control.evidence(project, release, {})).items).toEqual([]);
  });
});
