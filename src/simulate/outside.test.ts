import { describe, expect, it } from 'vitest';
import { createSimulator, type Played } from './index.ts';

const rungYaml = `
rung: 1
project: access
roles:
  leads: { members: [ada@example.org, bo@example.org] }
services:
  web: { path: web, run: [node, server.js], health: /healthz }
environments:
  dev: { tier: development, source: develop, deploy: on-merge }
  prod: { tier: production, freezes: [{ yearly: 01-01, zone: UTC, reason: New Year }] }
pipelines:
  main:
    - environment: dev
    - environment: prod
      waive: [leads]
      gates:
        - tests: [unit]
        - coverage: "> 80"
        - review
        - scan: [critical]
        - bugs: 0
        - uat
        - rollback-plan
        - checklist: { name: go-live, items: [Told everybody, Had tea] }
        - webhook: { name: licences, url: "http://127.0.0.1:9/ask", timeout: 10m }
`;

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const simulator = createSimulator(bytes(rungYaml), 'rung.yaml');

const play = (
  happens: readonly string[],
  more: readonly string[] = [],
  begins = '2030-01-08T09:00Z',
): Promise<Played> => {
  const acts = happens.length === 0 ? [] : ['happens:', ...happens.map((one) => `  - { ${one} }`)];
  const usual = ['scenario: 1', 'title: t', 'to: prod', 'duration: 1h', `begins: ${begins}`];
  return simulator.read(bytes([...usual, ...more, ...acts].join('\n')), 's.yaml')();
};

const said = ({ timeline }: Played): string => timeline.map(({ message }) => message).join('\n');

describe('a program that a gate asks, in a simulation (REL-4)', () => {
  it('says yes at once unless a scenario says otherwise', async () => {
    const played = await play([]);
    expect(played.ended.as).toBe('succeeded');
    expect(said(played)).toContain('licences says yes to 1.1.0 for prod');
  });

  it('opens its gate when it answers late, and keeps it closed when it says no', async () => {
    const late = await play(['at: 5m, webhook: licences']);
    expect(said(late)).toContain('In the way: webhook. licences was asked and has not answered yet');
    expect(late.ended).toMatchObject({ as: 'succeeded' });
    const refused = await play(['at: 5m, webhook: licences, answers: fail, why: No licence']);
    expect(refused.ended).toMatchObject({ as: 'waiting', detail: 'licences says no: No licence.' });
  });

  it('is too late after its time, and may be asked again', async () => {
    const never = await play([], ['start: { missing: [licences] }']);
    expect(never.ended).toMatchObject({ as: 'waiting', detail: 'licences did not answer within 10 min.' });
    const tooLate = await play(['at: 11m, webhook: licences']);
    expect(tooLate.ended.as).toBe('waiting');
    expect(said(tooLate)).toContain('Nobody heeds it: The time to answer this is over.');
    const again = await play(['at: 11m, webhook: licences', 'at: 12m, does: ask again, gate: licences']);
    expect(again.ended.as).toBe('succeeded');
  });
});

describe('evidence, in a simulation (REL-2)', () => {
  const gates = ['tests', 'coverage', 'review', 'scan', 'bugs', 'uat', 'rollback-plan', 'go-live'];

  it.each(gates)('that comes late opens the gate %s when it comes', async (gate) => {
    expect((await play([], [`start: { missing: [${gate}] }`])).ended.as).toBe('waiting');
    const played = await play([`at: 10m, evidence: ${gate}`]);
    expect(played.ended.as, said(played)).toBe('succeeded');
    expect(played.ended.atMs).toBeGreaterThanOrEqual(600_000);
  });
});

describe('a frozen environment, in a simulation', () => {
  it('is opened by an exception of who may, and by nobody else', async () => {
    const frozen = (happens: readonly string[]) => play(happens, [], '2030-01-01T09:00Z');
    expect((await frozen([])).ended.detail).toContain('New Year');
    expect((await frozen(['at: 5m, does: make exception, who: ada, for: 30m'])).ended.as).toBe('succeeded');
  });
});
