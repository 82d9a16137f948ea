import { describe, expect, it } from 'vitest';
import type { AlarmView } from '../../api/views.ts';
import { alarmsHeadline, firingText, trafficText } from './alarm-words.ts';

const alarm = (name: string, state: AlarmView['state'] = 'firing'): AlarmView => ({
  name,
  summary: '',
  state,
  since: 0,
  firedAt: null,
  endedAt: null,
  url: null,
  labels: {},
  source: 'posted',
  by: null,
});

describe('the alarms of an environment, in words', () => {
  it('never take for well what nobody watches', () => {
    expect(alarmsHeadline({ watched: false, firing: 0 })).toBe('Nobody watches it');
    expect(alarmsHeadline({ watched: true, firing: 0 })).toBe('No alarm fires');
    expect(alarmsHeadline({ watched: true, firing: 1 })).toBe('1 alarm fires');
  });

  it('name what fires and nothing else, and count what has no room', () => {
    expect(firingText({ items: [alarm('disk', 'silenced')], firing: 0 })).toBeNull();
    expect(firingText({ items: [alarm('disk'), alarm('cpu', 'pending')], firing: 1 })).toBe('disk fires');
    const many = ['a', 'b', 'c', 'd', 'e'].map((name) => alarm(name));
    expect(firingText({ items: many, firing: 5 })).toBe('a, b, c and 2 more fire');
  });
});

it('says of traffic how much of it failed, and how long anybody looked', () => {
  const observedMs = 23.4 * 3_600_000;
  expect(trafficText({ requests: 1000, errors: 7, errorRatio: 0.007, observedMs })).toBe(
    '1\u2009000 requests, 0.7 % failed; observed for 23 h 24 min',
  );
  expect(trafficText({ requests: 0, errors: 0, errorRatio: null, observedMs: 0 })).toBe(
    'no request came; observed for 0 s',
  );
});
