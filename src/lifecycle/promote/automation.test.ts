import { describe, expect, it } from 'vitest';
import type { Environment } from '../../domain/environment.ts';
import { instant, type ReleaseId, type RolloutId } from '../../domain/ids.ts';
import type { Release } from '../../domain/release.ts';
import { automationAsks, type AutomationFacts } from './automation.ts';
import { current, environmentOf, next, now, running } from './facts.kit.ts';

const deploying = (environment: Environment, deploy: 'on-merge' | 'automatic' | 'manual'): Environment => ({
  ...environment,
  spec: { ...environment.spec, deploy },
});
const merged = (release: Release | null, minute: number): AutomationFacts['merged'][number] => ({
  branch: {
    id: `branch ${minute}`,
    project: next.project,
    commit: 'c',
    tree: 't',
    at: instant(minute * 60_000),
  },
  release,
});
const dev = deploying(running('dev', [current, 1]), 'on-merge');
const test = deploying(running('test', [current, 1]), 'automatic');
const wanted = (facts: AutomationFacts): ReleaseId | undefined => automationAsks(facts)?.release;
const mark = { reason: 'x', environment: dev.name, rollout: 'r' as RolloutId, at: now };

describe('automation', () => {
  it('asks for what was merged last, in the name of the merge (OPS-1)', () => {
    const facts = { target: dev, source: null, merged: [merged(current, 1), merged(next, 2)] };
    expect(automationAsks(facts)).toMatchObject({
      release: next.id,
      requester: { kind: 'automation', rule: 'merge into branch 2' },
    });
  });

  it('asks for nothing that is not built, is marked, or runs there', () => {
    expect(wanted({ target: dev, source: null, merged: [merged(null, 1)] })).toBeUndefined();
    expect(wanted({ target: dev, source: null, merged: [merged({ ...next, mark }, 1)] })).toBeUndefined();
    expect(wanted({ target: dev, source: null, merged: [merged(current, 1)] })).toBeUndefined();
    expect(wanted({ target: dev, source: null, merged: [] })).toBeUndefined();
  });

  it('follows what the rung before runs as a whole', () => {
    const source = running('dev', [current, 2], [next, 1]);
    expect(wanted({ target: test, source, merged: [] })).toBe(next.id);
    expect(wanted({ target: test, source: environmentOf('dev'), merged: [] })).toBeUndefined();
    const [only] = source.deployments.slice(-1);
    const mixed = { ...source, deployments: only === undefined ? [] : [{ ...only, isPartial: true }] };
    expect(wanted({ target: test, source: mixed, merged: [] })).toBeUndefined();
    expect(wanted({ target: test, source: null, merged: [] })).toBeUndefined();
  });

  it('asks for what was merged where people promote by hand, and never because of the rung before (REL-1)', () => {
    const target = deploying(test, 'manual');
    const source = running('dev', [next, 1]);
    expect(wanted({ target, source, merged: [merged(next, 1)] })).toBe(next.id);
    expect(wanted({ target, source, merged: [] })).toBeUndefined();
  });
});
