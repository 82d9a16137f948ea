import { describe, expect, it } from 'vitest';
import { sourceId } from '../../../domain/alarms/source.ts';
import type { Alarm, AlarmRecord } from '../../../domain/alarms/types.ts';
import type { Environment } from '../../../domain/environment.ts';
import { instant } from '../../../domain/ids.ts';
import type { AlarmSourceSpec } from '../../../domain/project-file/types.ts';
import { aCleanAsk, ada, bo, cy, now } from '../facts.kit.ts';
import { nothingObserved } from '../observed-facts.ts';
import { type Judged, judged } from './gate.kit.ts';

const clean = aCleanAsk();
const [dev, test] = clean.before as [Environment, Environment];
const prometheus: AlarmSourceSpec = { kind: 'prometheus', url: 'http://127.0.0.1:9090', labels: {} };

const alarm = (name: string, state: Alarm['state'] = 'firing', key = name): Alarm => ({
  key,
  name,
  summary: '',
  source: 'posted',
  state,
  since: instant(now - 60_000),
  url: null,
  firedAt: state === 'firing' ? instant(now - 60_000) : null,
  endedAt: null,
});

const record = (
  { id, project }: Environment,
  alarms: readonly Alarm[],
  other: Partial<AlarmRecord> = {},
): AlarmRecord => ({ id, project, alarms, sources: [], postedAt: now, claimedUntil: null, ...other });

/** From test, where somebody posts alarms, into prod, where these are known. */
function standing(inTest: readonly Alarm[], inProd: readonly Alarm[] | null = null): Judged {
  const records = [record(test, inTest), ...(inProd === null ? [] : [record({ ...clean.target }, inProd)])];
  return asked(records);
}

const asked = (records: readonly AlarmRecord[], more: Parameters<typeof judged>[2] = {}): Judged =>
  judged({ kind: 'alarms' }, [], {
    observed: { ...nothingObserved, alarms: new Map(records.map((one) => [one.id, one])) },
    ...more,
  });

describe('the gate of alarms (REL-4)', () => {
  it('is open where nothing fires, and names the places where somebody looks', () => {
    const source = standing([alarm('disk', 'pending'), alarm('cpu', 'resolved')]);
    expect(source.state).toBe('passed');
    expect(source.says).toMatch(/ in test\.$/u);
    expect(standing([], []).says).toMatch(/ in test and prod\.$/u);
  });

  it.each<[string, readonly Alarm[], readonly Alarm[] | null, string]>([
    ['one fires in the source', [alarm('disk')], null, 'disk fires in test.'],
    ['one fires in the target', [], [alarm('disk')], 'disk fires in prod.'],
    ['two do', [alarm('disk'), alarm('cpu')], [], 'disk and cpu fire in test.'],
    ['one in each', [alarm('disk')], [alarm('cpu')], 'disk fires in test. cpu fires in prod.'],
    [
      'one name has several, it is named once',
      [alarm('disk', 'firing', 'a'), alarm('disk', 'firing', 'b')],
      null,
      'disk fire in test.',
    ],
    ['three do', ['a', 'b', 'c'].map((name) => alarm(name)), null, 'a, b and c fire in test.'],
    [
      'many do, three are named',
      ['a', 'b', 'c', 'd', 'e'].map((name) => alarm(name)),
      null,
      'a, b, c and 2 more fire in test.',
    ],
  ])('is closed where %s', (_, inTest, inProd, says) => {
    const { state, says: said, blocker } = standing(inTest, inProd);
    expect([state, said]).toEqual(['failed', says]);
    expect(blocker).toMatchObject({ liftedBy: { kind: 'people', members: [ada, bo, cy] }, earliest: null });
    expect(blocker?.wayOut).toContain('when the alarm is over');
  });

  it('is closed where a declared source cannot be believed, and says that and what fires', () => {
    const declared = { ...test, spec: { ...test.spec, alarms: [prometheus] } };
    const more = { before: [dev, declared] };
    const blind = asked([record(test, [])], more);
    expect(blind.state).toBe('failed');
    expect(blind.says).toContain('has not been asked yet');
    expect(blind.wayOut).toContain('reached from the control plane');
    const both = asked([record(test, [alarm('disk')])], more);
    expect(both).toMatchObject({ state: 'failed' });
    expect(both.says).toMatch(/^disk fires in test\. .* has not been asked yet\.$/u);
    expect(both.wayOut).toContain('reached from the control plane');
    const seen = {
      id: sourceId(prometheus),
      name: 'Prometheus',
      seenAt: now,
      away: null,
      firstSeenAt: now,
      gaps: [],
    };
    expect(asked([record(test, [], { sources: [seen], postedAt: null })], more).state).toBe('passed');
  });

  it('is not open because nobody looks: the source has to be watched, the target need not be', () => {
    const unwatched = asked([record(test, [], { postedAt: null })]);
    expect(unwatched).toMatchObject({
      state: 'missing',
      blocker: { liftedBy: { kind: 'people', members: [ada, bo, cy] } },
    });
    expect(unwatched.wayOut).toContain('rung alarm resolve NAME --in test');
    expect(asked([record(clean.target, [])]).state).toBe('missing');
    expect(asked([]).state).toBe('missing');
  });

  it.each<[string, readonly Alarm[], readonly Alarm[], string]>([
    ['one that is silenced', [alarm('disk', 'silenced')], [], 'disk is silenced.'],
    ['one in the target', [], [alarm('disk', 'inhibited')], 'disk is inhibited.'],
    [
      'both sorts',
      [alarm('disk', 'silenced'), alarm('cpu', 'silenced')],
      [alarm('web', 'inhibited')],
      'disk and cpu are silenced and web is inhibited.',
    ],
  ])('shows what is hushed and lets it pass: %s', (_, inTest, inProd, says) => {
    const { state, says: said } = standing(inTest, inProd);
    expect([state, said]).toEqual(['passed', `No alarm fires in test and prod. ${says}`]);
  });

  it('asks nothing of the first rung, which has no environment before it', () => {
    expect(asked([], { before: [] })).toMatchObject({ state: 'passed', blocker: null });
  });
});
