import { describe, expect, it } from 'vitest';
import { isFailure } from '../../domain/failure.ts';
import { parseProjectFile } from '../../lifecycle/declare/parse.ts';
import { rateAt, valueAt } from './curve.ts';
import { parseScenario } from './parse.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const { file } = parseProjectFile(
  bytes(`
rung: 1
project: access
roles:
  lead: { members: [ada@example.org, ada@example.com, bo@example.org] }
services:
  web: { path: web, run: [node, server.js], health: /healthz }
environments:
  dev: { tier: development, source: develop }
  prod: { tier: production }
pipelines:
  main:
    - environment: dev
    - environment: prod
      gates: [review]
`),
  'rung.yaml',
);
const read = (text: string) => parseScenario(bytes(text), 's.yaml', file);

function problemsOf(text: string): readonly string[] {
  try {
    read(text);
    return [];
  } catch (thrown) {
    if (!isFailure(thrown)) throw thrown;
    return thrown.problems.map(
      ({ place, message, instead }) => `${place?.line}:${place?.column} ${message} → ${instead ?? ''}`,
    );
  }
}

describe('a scenario', () => {
  it('says in a few lines what is to happen, and the rest is as usual', () => {
    const scenario = read(
      'scenario: 1\ntitle: t\nto: prod\ncandidate: { errors: [0.5%, { after: 4m, is: 6% }] }\nexpect: rolled back\n',
    );
    expect(scenario).toMatchObject({ release: '1.1.0', runs: '1.0.0', seed: 1, smoke: 'pass' });
    expect(scenario.expect).toEqual({ ends: ['rolled back'], by: null, withinMs: null, metAtMost: null });
    const web = Object.values(scenario.services)[0];
    expect(web?.stable.errorRatio.first).toBe(0.001);
    const errors = web?.candidate.errorRatio ?? { first: 1, changes: [] };
    const after = (sinceFirstRequestMs: number | null): number =>
      valueAt(errors, { sinceStartMs: 600_000, sinceFirstRequestMs });
    expect([after(null), after(239_999), after(240_000)]).toEqual([0.005, 0.005, 0.06]);
  });

  it('lets a value change little by little, and traffic have a day', () => {
    const scenario = read(
      'scenario: 1\ntitle: t\nto: prod\nstable: { p95: [100ms, { at: 10m, to: 200ms, over: 10m }] }\ntraffic: { day: 20/s, night: 120/min, peak: "06:00" }\n',
    );
    const web = Object.values(scenario.services)[0];
    const at = (sinceStartMs: number) => ({ sinceStartMs, sinceFirstRequestMs: null });
    expect(valueAt(web?.stable.p95Ms ?? { first: 0, changes: [] }, at(900_000))).toBe(150);
    const rate = (hour: number): number =>
      rateAt(
        web?.traffic ?? { first: 0, changes: [] },
        at(0),
        (scenario.beginsAt + hour * 3_600_000) as never,
      );
    expect([rate(6), rate(18)].map((one) => Number(one.toFixed(6)))).toEqual([20, 2]);
  });

  it('is refused with every problem at once, its place, and what to write (REL-14)', () => {
    const text = [
      'scenario: 1',
      'title: t',
      'to: prodd',
      'start: { missing: [revew] }',
      'traffic: [20/s, 30/s]',
      'candidate: { errors: [{ at: 1m, is: 6% }, { at: 5m, after: 1m, is: 6% }, { at: 4m, to: 6% }] }',
      'services: { wep: { traffic: 1/s } }',
      'happens:',
      '  - { at: 1m, does: aprove, who: ada }',
      '  - { does: approve, who: bob }',
      '  - { at: 1m, crash: web, agent: killed, why: x }',
      'expect: { ends: succeeded, by: health }',
      'unknwon: 1',
    ].join('\n');
    expect(problemsOf(text)).toMatchInlineSnapshot(`
      [
        "3:5 There is no environment "prodd". Did you mean "prod"? → prod",
        "4:20 There is no gate that asks for evidence "revew". → ",
        "5:17 It is not said from when on this is so. → \`{ at: 1m, is: 30/s }\`",
        "6:23 It is not said what it is at first. → a plain value as the first item",
        "6:43 These are two times. → \`at:\` from the start, or \`after:\` from the new version’s first request",
        "6:74 \`to\` and \`over\` belong together. → \`{ at: 1m, to: 6%, over: 10m }\`",
        "6:80 This comes before the change above it. → changes in the order of their times",
        "7:13 There is no service "wep". Did you mean "web"? → web",
        "9:21 "aprove" cannot stand here. Did you mean "approve"? → approve",
        "9:34 "ada" may be ada@example.org or ada@example.com. → the whole address",
        "10:5 It is not said when. → \`at:\` from the start, or \`after:\` from the new version’s first request",
        "10:27 There is no member "bob". Did you mean "bo"? → bo",
        "11:5 These are 2 things. → one of \`does:\`, \`agent:\`, \`control-plane:\`, \`clock:\`, \`crash:\`, \`unhealthy:\`, \`alarm:\`, \`evidence:\`, \`webhook:\`",
        "11:42 \`why\` belongs to \`does\`, \`webhook\`. → nothing",
        "12:28 No rule makes a release end like that. → \`by\` with \`rolled back\` or \`held\` only",
        "13:1 There is no key "unknwon". → one of scenario, title, about, to, release, start, begins, seed, duration, traffic, stable, candidate and 5 more",
      ]
    `);
  });

  it('of another version of the format has that one problem', () => {
    expect(problemsOf('scenario: 2\nx: 1\n')).toEqual([
      '1:11 The file is written for version 2 of the format, and this Rung reads version 1. → `scenario: 1`, or a Rung that reads this file',
    ]);
  });

  it('says how the release does in the environment before, and since when anybody looks', () => {
    const { before, observedMs } = read(
      'scenario: 1\ntitle: t\nto: prod\nstart: { observed: 8h }\nbefore: { errors: [0.2%, { at: 1h, is: 4% }] }\n',
    );
    expect(observedMs).toBe(8 * 3_600_000);
    expect(before.errorRatio).toMatchObject({ first: 0.002, changes: [{ to: 0.04 }] });
    expect(problemsOf('scenario: 1\ntitle: t\nto: prod\nbefore: { errors: [{ at: 1h, is: 4% }] }\n')).toEqual(
      ['4:20 It is not said what it is at first. → a plain value as the first item'],
    );
  });

  it('names with its place what belongs to something else, is missing, or is not there', () => {
    const happens = [
      'at: 1m, does: waive',
      'at: 1m, does: waive, gate: reveiw',
      'at: 1m, does: delegate, who: bo',
      'at: 1m, does: approve, to: bo',
      'at: 1m, does: approve, for: 2h',
      'at: 1m, does: ask again, gate: review',
      'at: 1m, webhook: review, answers: pass',
      'at: 1m, evidence: tests',
      'at: 1m, alarm: disk, in: sitt',
      'at: 1m, crash: web, in: prod',
    ];
    const lines = happens.map((one) => `  - { ${one} }`).join('\n');
    expect(problemsOf(`scenario: 1\ntitle: t\nto: prod\nhappens:\n${lines}\n`)).toMatchInlineSnapshot(`
      [
        "5:5 It is not said which gate. → \`gate:\` with its name",
        "6:34 There is no such gate "reveiw". Did you mean "review"? → review",
        "7:5 It is not said who stands in. → \`to:\` with a member",
        "8:30 \`to\` belongs to \`delegate\`. → nothing",
        "9:30 \`for\` belongs to \`agent\`, \`control-plane\`, \`unhealthy\`, \`alarm\`, \`make exception\`, \`delegate\`, \`request change\`. → nothing",
        "10:38 There is no such gate "review". → ",
        "11:24 There is no gate that asks a program "review". → ",
        "12:25 There is no gate that evidence opens "tests". → one of review",
        "13:32 There is no environment "sitt". → one of dev, prod",
        "14:27 \`in\` belongs to \`alarm\`. → nothing",
      ]
    `);
  });
});
