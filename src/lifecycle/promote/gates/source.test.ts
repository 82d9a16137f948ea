import { describe, expect, it } from 'vitest';
import type { Environment } from '../../../domain/environment.ts';
import type { GateState } from '../../../domain/gate.ts';
import { aCleanAsk, ada, bo, current, cy, environmentOf, next, now, running } from '../facts.kit.ts';
import { type Judged, judged } from './gate.kit.ts';

const hourMs = 3_600_000;
const [dev, test] = aCleanAsk().before as [Environment, Environment];
const everybody = { kind: 'people', members: [ada, bo, cy] };
const toTest = { kind: 'promotion', environment: 'test' };
const from = (source: Environment) => ({ before: [dev, source] });

describe('the gate of soak (REL-2)', () => {
  const soak = (source: Environment): Judged => judged({ kind: 'soak', forMs: hourMs }, [], from(source));

  it.each<[string, Environment, GateState]>([
    ['exactly as long as is asked for', running('test', [next, 1]), 'passed'],
    ['a minute less', running('test', [next, 59 / 60]), 'waits'],
    ['as long, and it is gone', running('test', [next, 2], [current, 1]), 'passed'],
    ['less, and it is gone', running('test', [next, 1.5], [current, 1]), 'missing'],
  ])('counts how long it ran: %s: %s', (_, source, state) => {
    expect(soak(source).state).toBe(state);
  });

  it('lets time lift it while the release runs, and else sends it there first', () => {
    const runs = soak(running('test', [next, 0.5]));
    expect(runs).toMatchObject({
      blocker: { liftedBy: { kind: 'time' }, earliest: now + hourMs / 2 },
    });
    expect(runs.says).toContain('30 min of 1 h');
    expect(runs.wayOut).toMatch(/^Wait/u);
    const gone = soak(running('test', [next, 1.5], [current, 1]));
    expect(gone).toMatchObject({ blocker: { liftedBy: toTest, earliest: null } });
    expect(gone.says).toContain('another 30 min');
    expect(gone.wayOut).toBe('Promote it to test first.');
  });
});

describe('the gate of smoke tests (REL-6)', () => {
  const smoke = (source: Environment): Judged => judged({ kind: 'smoke' }, [], from(source));
  const without: Environment = {
    ...test,
    deployments: test.deployments.map((one) => ({ ...one, smoke: 'none' as const })),
  };

  it('takes having none for no pass, and not having run for not knowing', () => {
    expect(smoke(test)).toMatchObject({ state: 'passed', blocker: null });
    expect(smoke(without)).toMatchObject({ state: 'failed', blocker: { liftedBy: everybody } });
    expect(smoke(environmentOf('test'))).toMatchObject({ state: 'missing', blocker: { liftedBy: toTest } });
    expect(smoke(running('test', [current, 1]))).toMatchObject({ state: 'missing' });
  });
});

describe('the environment before', () => {
  it('is the one right before, however many there are', () => {
    const [good, bare] = [running('test', [next, 1]), environmentOf('dev')];
    const smoke = (before: readonly Environment[]) => judged({ kind: 'smoke' }, [], { before }).state;
    expect([smoke([good]), smoke([bare, bare, good]), smoke([good, good, bare])]).toEqual([
      'passed',
      'passed',
      'missing',
    ]);
  });
});

describe('the gate of validation (OPS-4)', () => {
  it('takes the word of a person about this very release', () => {
    const validation = judged({ kind: 'validation' }, [], from(test));
    expect(validation).toMatchObject({ state: 'passed' });
    expect(validation.says).toContain(`${ada} said that 1.1.0 is good in test`);
    const said = { release: current.id, by: { kind: 'person', id: ada }, at: now, note: '' } as const;
    const other = judged({ kind: 'validation' }, [], from({ ...test, validation: said }));
    expect(other).toMatchObject({ state: 'missing', blocker: { liftedBy: everybody, earliest: null } });
    expect(other.wayOut).toContain('rung validate test');
  });
});
