import { describe, expect, it } from 'vitest';
import { declareProject } from '../../src/lifecycle/declare/accept.ts';
import { parseProjectFile } from '../../src/lifecycle/declare/parse.ts';
import { openPlane } from '../kit/plane.ts';
import {
  approveBoth,
  climb,
  established,
  hourMs,
  inCanary,
  ladder,
  minuteMs,
  rungYaml,
} from './ladder.kit.ts';

describe('the board', () => {
  it('says what runs where, what is on its way, and how near it is (OPS-9, REL-6, REL-11)', async () => {
    const plane = await inCanary();
    const board = await plane.control.board(plane.project, plane.as('ada@example.org'));
    expect(board.pipelines).toEqual([{ name: 'main', rungs: ['dev', 'test', 'prod'] }]);
    expect(board.environments.map(({ name, release, health }) => [name, release?.version, health])).toEqual([
      ['dev', '1.1.0', 'healthy'],
      ['test', '1.1.0', 'healthy'],
      ['prod', '1.0.0', 'healthy'],
    ]);
    expect(board.ways.map(({ from, to, summary }) => [from, to, summary])).toEqual([
      ['dev', 'test', 'nothing to promote'],
      ['test', 'prod', 'rolling out'],
    ]);
    const [live] = board.rollouts;
    expect(live).toMatchObject({ version: '1.1.0', wantedPercent: 10, effectivePercent: 10, lease: 'held' });
    expect(live?.steps.map(({ name, state }) => [name, state])).toEqual([
      ['Preflight', 'done'],
      ['Canary 10 %', 'now'],
      ['Promoting', 'next'],
      ['Watching 10 min', 'next'],
      ['Done', 'next'],
    ]);
    expect(live?.closeness.map(({ rule }) => rule)).toContain('advance');
    expect(board.environments.map(({ previous }) => previous?.version)).toEqual([
      '1.0.0',
      '1.0.0',
      undefined,
    ]);
    expect(live?.curve.length).toBeGreaterThan(5);
    const head = await plane.parts.store.head(plane.project);
    expect(board.position).toBe(head.position);
  });

  it('asks those whose approval is missing, and nobody else (OPS-8, REL-16)', async () => {
    const plane = await established();
    const promotion = await climb(plane, await plane.release('feat: more'));
    const askedOf = async (person: string) =>
      (await plane.control.board(plane.project, plane.as(person))).asked;
    expect(await askedOf('ada@example.org')).toEqual([promotion.id]);
    expect(await askedOf('eve@example.org')).toEqual([]);
    const ask = { planHash: promotion.plan.hash };
    await plane.control.approve(plane.project, promotion.id, ask, plane.as('ada@example.org'));
    expect(await askedOf('ada@example.org')).toEqual([]);
    expect(await askedOf('bo@example.org')).toEqual([promotion.id]);
    const { admission } = await plane.control.promotion(plane.project, promotion.id);
    const approvals = admission.blockers.find(({ kind }) => kind === 'approvals');
    expect(approvals?.liftedBy).toMatchObject({ kind: 'people', contacts: ['#leads'] });
  });

  it('says part by part what a way waits for, and lists nothing that is for agents alone', async () => {
    const plane = await established();
    await climb(plane, await plane.release('feat: more'));
    const board = await plane.control.board(plane.project, plane.as('ada@example.org'));
    const way = board.ways.find(({ to }) => to === 'prod');
    expect(way?.waitsFor).toHaveLength(way?.admission?.blockers.length ?? -1);
    expect(way?.waitsFor.join(', then ')).toBe(way?.summary);
    const kinds = async (all: boolean) =>
      (await plane.control.log(plane.project, { limit: 200, all })).items.map(({ kind }) => kind);
    expect(board.recent.map(({ kind }) => kind)).not.toContain('desired.changed');
    expect(await kinds(false)).not.toContain('desired.changed');
    expect(await kinds(true)).toContain('desired.changed');
  });

  it('never makes a writer run again, however often it is read', async () => {
    const plane = await established();
    const promotion = await climb(plane, await plane.release('feat: more'));
    await plane.clock.advance(24 * hourMs);
    const read = () => plane.control.board(plane.project, plane.as('cy@example.org'));
    await Promise.all([read(), approveBoth(plane, promotion), read(), read()]);
    await plane.clock.advance(minuteMs);
    expect((await read()).rollouts.map(({ version }) => version)).toContain('1.1.0');
  });
});

describe('declaring environments (LIF-1)', () => {
  const declared = `
rung: 1
project: access
roles: { lead: { members: [ada@example.org] } }
services: { web: { path: web, run: [node, server.js], health: /healthz } }
environments:
  dev: { tier: development, purpose: for trying things, owner: lead, source: develop, reset: 24h }
  staging: { tier: staging, mirrors: prod }
  prod: { tier: production }
  preview: { tier: preview, source: "feature/*", ttl: 48h }
pipelines: { main: [{ environment: dev }, { environment: staging }, { environment: prod }] }
`;

  it('gives each a class, a purpose, a lifecycle and an owner, and an agent of its own', async () => {
    const plane = await openPlane(declared);
    const { items: views } = await plane.control.environments(plane.project, {});
    const byName = Object.fromEntries(views.map((view) => [view.name, view]));
    expect(byName['dev']).toMatchObject({
      tier: 'development',
      purpose: 'for trying things',
      owner: 'lead',
      lifecycle: { kind: 'reusable', resetMs: 24 * hourMs },
      health: 'empty',
    });
    expect(byName['staging']).toMatchObject({
      tier: 'staging',
      lifecycle: { kind: 'permanent' },
      mirrors: 'prod',
    });
    expect(byName['prod']).toMatchObject({ tier: 'production', lifecycle: { kind: 'permanent' } });
    expect(byName['preview']).toMatchObject({ lifecycle: { kind: 'ephemeral', ttlMs: 48 * hourMs } });
    expect(new Set(plane.declared.environments.map(({ agent }) => agent)).size).toBe(4);
  });

  it('changes nothing when the same file is accepted again, and tells agents when another is', async () => {
    const plane = await ladder();
    await plane.clock.settle();
    const declare = (text: string) => {
      const parsed = parseProjectFile(new TextEncoder().encode(text), 'rung.yaml');
      const by = { kind: 'automation', rule: 'test' } as const;
      return declareProject(plane.parts, { ...parsed, branch: 'main', keys: {}, by });
    };
    const length = async () => (await plane.parts.store.head(plane.project)).position;
    const before = await length();
    expect(await declare(rungYaml)).toEqual(plane.declared);
    await plane.chainNow();
    expect(await length()).toBe(before);
    const changed = rungYaml.replace(
      'prod: { tier: production }',
      'prod: { tier: production, ports: { web: 18080 } }',
    );
    expect(await declare(changed)).toEqual(plane.declared);
    await plane.chainNow();
    const kinds = (await plane.parts.store.events(plane.project, before, 100)).map(({ kind }) => kind);
    expect(kinds).toEqual([
      'rules.accepted',
      'desired.changed',
      'rules.accepted',
      'desired.changed',
      'rules.accepted',
      'desired.changed',
    ]);
  });
});
