import { describe, expect, it } from 'vitest';
import type { AlarmSourceSpec, ProjectFile } from '../project-file/types.ts';
import { compareRules, isWeaker } from './index.ts';
import {
  dev,
  expectOneWay,
  file,
  gates,
  hourMs,
  person,
  prod,
  role,
  step,
  told,
  withApprovals,
  withoutInStep,
  withoutSpec,
  withSpec,
  withStep,
} from './ruling.kit.ts';

const once = '2026-12-18 17:00 to 2027-01-04 09:00 UTC (Audit)';
const leads = 'ada@example.org as lead, bo@example.org as lead';
const cy = 'cy@example.org as qa';
const windows = 'Mon 10:00-12:00 Europe/London, Tue-Thu 09:00-16:00 Europe/London';
const alarms: readonly AlarmSourceSpec[] = [
  { kind: 'prometheus', url: 'http://127.0.0.1:9090', labels: {} },
  { kind: 'alertmanager', url: 'http://127.0.0.1:9093', matchers: [] },
];
const prometheus = 'Prometheus at http://127.0.0.1:9090';

const withFile = (more: Partial<ProjectFile>): ProjectFile => ({ ...file, ...more });
const withPath = (...names: readonly string[]): ProjectFile =>
  withFile({
    pipelines: { main: [...names.map((name) => ({ environment: name as typeof dev, gates: [] })), step] },
  });
const withTier = (tier: string, whole = file): ProjectFile => ({
  ...whole,
  environments: { ...whole.environments, [prod]: { ...whole.environments[prod], tier } as never },
});

describe('rules in force, compared (INF-7)', () => {
  it('are the same as themselves, whatever the file says of other environments', () => {
    expect(compareRules(file, file, prod)).toEqual([]);
    const elsewhere = { ...file, services: { web: {} as never } };
    expect(compareRules(file, elsewhere, prod)).toEqual([]);
  });

  it.each<[string, ProjectFile]>([
    ['approvals 2 → 1', withApprovals({ count: 1 })],
    ['approvals 2 of lead or qa → none', withoutInStep('approvals')],
    ['different roles among the approvers 2 → 1', withApprovals({ distinctRoles: 1 })],
    ['the requester may approve no → yes', withApprovals({ notRequester: false })],
    ['approvals expire after 1 d → 2 d', withApprovals({ expireMs: 48 * hourMs })],
    [
      `may approve ${leads}, ${cy} → ${leads}, ${cy}, dee@example.org as board`,
      withApprovals({ from: [role('lead'), role('qa'), role('board')] }),
    ],
    [`may waive gates ${leads} → ${leads}, ${cy}`, withStep({ waive: [role('lead'), role('qa')] })],
    [
      `may ask in an emergency ${leads} → ${leads}, ${cy}`,
      withStep({ emergency: { from: [role('lead'), role('qa')], second: [role('qa')] } }),
    ],
    [
      `may confirm an emergency ${cy} → ${leads}, ${cy}`,
      withStep({ emergency: { from: [role('lead')], second: [role('lead'), role('qa')] } }),
    ],
    ['deploy manual → automatic', withSpec({ deploy: 'automatic' })],
    [`windows ${windows} → Fri 10:00-12:00 UTC, ${windows}`, withWindows('Fri 10:00-12:00 UTC')],
    [
      'windows Tue-Thu 09:00-16:00 Europe/London and Mon 10:00-12:00 Europe/London → none',
      withoutSpec('windows'),
    ],
    [`freezes ${once}, every 12-20..01-02 UTC (Holidays) → ${once}`, withSpec({ freezes: [] })],
    [`freezes ${once}, every 12-20..01-02 UTC (Holidays) → ${once}`, withoutSpec('freezes')],
    ['way dev → straight in', withPath()],
  ])('“%s” weakens, and the way back strengthens', (change, other) => {
    expectOneWay(change, file, other);
  });

  it('say which freezes there are, where there were none', () => {
    const { freezes: _, ...unfrozen } = withoutSpec('freezes');
    expectOneWay(`freezes ${once} → none`, withoutSpec('freezes'), unfrozen);
  });

  it.each<[string, ProjectFile]>([
    ['source main → develop', withSpec({ source: 'develop' })],
    ['something that cannot be compared as it is → another', withStep({ gates: gates.toReversed() })],
  ])('“%s” weakens, one way and the other: nobody can know', (change, other) => {
    expect(told(file, other)).toEqual([`weakens: ${change}`]);
    expect(isWeaker(compareRules(other, file, prod))).toBe(true);
  });

  it('are weaker with a branch whose merges ask for the environment, and stricter without one', () => {
    expect(told(file, withoutSpec('source'))).toEqual(['strengthens: source main → none']);
    expect(told(withoutSpec('source'), file)).toEqual(['weakens: source none → main']);
  });

  it('are stricter with alarms that are asked for, weaker without, and weaker with others', () => {
    const asked = withSpec({ alarms });
    expectOneWay(`alarms ${prometheus} and Alertmanager at http://127.0.0.1:9093 → none`, asked, file);
    expect(told(withSpec({ alarms: alarms.slice(0, 1) }), asked)).toEqual([
      `weakens: alarms ${prometheus} → ${prometheus} and Alertmanager at http://127.0.0.1:9093`,
    ]);
    expect(told(asked, withSpec({ alarms }))).toEqual([]);
  });

  it.each<[string, ProjectFile]>([
    ['purpose what users use → the shop', withSpec({ purpose: 'the shop' })],
    ['owner Platform → none', withoutSpec('owner')],
    ['mirrors none → dev', withSpec({ mirrors: dev })],
    ['ports {} → {"web":8080}', withSpec({ ports: { web: 8080 } })],
  ])('“%s” is told, and is neither weaker nor stricter', (change, other) => {
    expect(told(file, other)).toEqual([`neither: ${change}`]);
    expect(compareRules(other, file, prod)).toMatchObject([{ effect: 'neither' }]);
  });

  it.each([
    ['production', 'staging'],
    ['staging', 'testing'],
    ['testing', 'development'],
    ['development', 'preview'],
  ])('a tier that goes from %s to %s weakens them', (higher, lower) => {
    const open = withFile({ freezes: [] });
    expectOneWay(`tier ${higher} → ${lower}`, withTier(higher, open), withTier(lower, open));
  });

  it('lose the freezes of the whole project with a tier that these do not protect', () => {
    expect(told(file, withTier('testing'))).toContain(
      `weakens: freezes ${once}, every 12-20..01-02 UTC (Holidays) → every 12-20..01-02 UTC (Holidays)`,
    );
    expect(told(file, withTier('staging'))).toEqual(['weakens: tier production → staging']);
  });

  it('see a member who comes into a role that approves, though the words stay the same', () => {
    const more = withFile({
      roles: { ...file.roles, [role('qa')]: { members: [person('cy'), person('eve')] } },
    });
    const changes = told(file, more);
    expect(changes).toContain(
      `weakens: may approve ${leads}, ${cy} → ${leads}, ${cy}, eve@example.org as qa`,
    );
    expect(changes).toContain('weakens: gate uat signed by cy@example.org → cy@example.org, eve@example.org');
    expect(isWeaker(compareRules(more, file, prod))).toBe(false);
  });

  it('are weaker as a whole where one thing is, whatever else is stricter', () => {
    expect(isWeaker(compareRules(file, withApprovals({ count: 1, distinctRoles: 3 }), prod))).toBe(true);
    expect(isWeaker(compareRules(file, withApprovals({ count: 3, distinctRoles: 3 }), prod))).toBe(false);
    expect(isWeaker([])).toBe(false);
  });

  it('take a person who is exchanged for another as weaker: nobody can know', () => {
    const other = withFile({ roles: { ...file.roles, [role('qa')]: { members: [person('eve')] } } });
    expect(isWeaker(compareRules(file, other, prod))).toBe(true);
    expect(isWeaker(compareRules(other, file, prod))).toBe(true);
  });

  it.each([
    [['dev'], ['dev', 'sit'], 'strengthens'],
    [['dev', 'sit'], ['sit', 'dev'], 'weakens'],
    [['dev'], ['sit', 'test'], 'weakens'],
    [['dev', 'sit'], ['dev', 'test', 'uat'], 'weakens'],
  ])('a way over %j that becomes one over %j %s them', (from, to, effect) => {
    expect(told(withPath(...from), withPath(...to))).toEqual([
      `${effect}: way ${from.join(', ')} → ${to.join(', ')}`,
    ]);
  });

  it('are weaker with a way in where there was none, stricter with what that way asks for', () => {
    const changes = told(withFile({ pipelines: {} }), file);
    expect(changes).toEqual(
      expect.arrayContaining([
        'weakens: way none → dev',
        'strengthens: gate smoke none → asked for',
        'strengthens: approvals none → 2 of lead or qa',
        'strengthens: rollout none → canary 10 % for 5 min, 100 %, watched 2 h',
        `weakens: may waive gates none → ${leads}`,
        `weakens: may ask in an emergency none → ${leads}`,
        `weakens: may confirm an emergency none → ${cy}`,
      ]),
    );
    const gone = told(file, withFile({ pipelines: {} }));
    expect(gone).toHaveLength(changes.length);
    expect(gone).toContain('strengthens: way dev → none');
    expect(gone).toContain(`strengthens: may confirm an emergency ${cy} → none`);
  });

  it('let nobody waive and nobody ask in an emergency where the step names nobody', () => {
    expect(told(file, withoutInStep('waive', 'emergency'))).toEqual([
      `strengthens: may waive gates ${leads} → none`,
      `strengthens: may ask in an emergency ${leads} → none`,
      `strengthens: may confirm an emergency ${cy} → none`,
    ]);
    expect(told(withoutInStep('waive', 'emergency'), file)).toHaveLength(3);
  });

  it('are gone with the environment itself', () => {
    const { [prod]: _, ...rest } = file.environments;
    expect(told(file, withFile({ environments: rest }))).toContain('weakens: environment production → none');
    expect(told(withFile({ environments: rest }), file)).toContain(
      'strengthens: environment none → production',
    );
  });

  it('keep the log of a protected environment: for ever is safer than any time, longer than shorter', () => {
    const dayMs = 24 * hourMs;
    const kept = (days: number): ProjectFile => withFile({ audit: { keepPayloadsMs: days * dayMs } });
    expectOneWay('payloads of the log kept none → 365 d', file, kept(365));
    expectOneWay('payloads of the log kept 365 d → 90 d', kept(365), kept(90));
    expect(compareRules(file, kept(90), dev)).toEqual([]);
  });

  it('of an unprotected environment know nothing of the freezes of the project', () => {
    expect(compareRules(file, withFile({ freezes: [] }), dev)).toEqual([]);
    expect(compareRules(file, withFile({ freezes: [] }), prod)).toMatchObject([{ what: 'freezes' }]);
  });

  it('miss nothing: every single word of the rules that is changed is told, and one way or the other is weaker or neither', () => {
    const silent: string[] = [];
    for (const { path, changed } of mutations(file)) {
      const there = compareRules(file, changed, prod);
      const back = compareRules(changed, file, prod);
      if (there.length === 0 || back.length === 0) silent.push(path);
    }
    expect(silent).toEqual([]);
  });
});

function withWindows(more: string): ProjectFile {
  return withSpec({ windows: [more, ...(file.environments[prod]?.windows ?? [])] });
}

/** The file with one leaf of what rules prod changed, for every leaf. */
function* mutations(whole: ProjectFile): Generator<{ readonly path: string; readonly changed: ProjectFile }> {
  const parts = ['environments', 'pipelines', 'freezes'] as const;
  for (const part of parts)
    for (const path of leaves(whole[part], [part])) {
      const text = path.join('/');
      if (/environments\/dev|pipelines\/main\/0\/gates|pipelines\/main\/\d\/environment/u.test(text))
        continue;
      yield { path: text, changed: changedAt(whole, path) as ProjectFile };
    }
}

function* leaves(value: unknown, path: readonly string[]): Generator<readonly string[]> {
  if (typeof value !== 'object' || value === null) yield path;
  else for (const [key, member] of Object.entries(value)) yield* leaves(member, [...path, key]);
}

function changedAt(value: unknown, path: readonly string[]): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return otherThan(value);
  if (Array.isArray(value))
    return value.map((item: unknown, index) => (String(index) === key ? changedAt(item, rest) : item));
  const record = value as Readonly<Record<string, unknown>>;
  return { ...record, [key]: changedAt(record[key], rest) };
}

const otherThan = (leaf: unknown): unknown =>
  typeof leaf === 'number' ? leaf + 1 : typeof leaf === 'boolean' ? !leaf : `${String(leaf)}x`;
