import { describe, expect, it } from 'vitest';
import { aFreeze, aWindow, moment } from '../../domain/calendar/calendar.kit.ts';
import type { ActorId, EnvironmentName, RoleName } from '../../domain/ids.ts';
import { calendarView } from './calendar-view.ts';

const now = moment('2026-12-17T12:00Z');
const range = { from: moment('2026-12-17T00:00Z'), to: moment('2026-12-31T00:00Z') };
const soak = { release: '1.4.0', soaksIn: 'staging', endsAt: moment('2026-12-18T09:00Z') };
const change = {
  id: 'CHG-0001',
  release: '1.4.0',
  from: moment('2026-12-16T22:00Z'),
  to: moment('2026-12-17T02:00Z'),
  state: 'approved' as const,
};
const prod = {
  environment: 'prod' as EnvironmentName,
  calendar: {
    windows: [aWindow('Tue-Thu 09:00-16:00 Europe/London')],
    freezes: [aFreeze({ yearly: '12-19..01-02', zone: 'Europe/London' })],
    exceptions: [],
  },
  mayExcept: {
    kind: 'people' as const,
    roles: ['engineering-lead' as RoleName],
    members: ['ada@example.org' as ActorId],
    contacts: ['#access-leads'],
  },
  approvals: [],
  changes: [change, { ...change, from: moment('2027-01-01T09:00Z'), to: moment('2027-01-01T10:00Z') }],
  soaks: [soak, { ...soak, endsAt: moment('2027-01-18T09:00Z') }],
};

describe('the calendar that people are shown', () => {
  it('says of an environment whether it is open, why, and when that changes', () => {
    const [shown] = calendarView([prod], range, now).environments;
    expect(shown).toMatchObject({
      environment: 'prod',
      open: true,
      because: 'The window Tue-Thu 09:00-16:00 Europe/London is open.',
      changesAt: moment('2026-12-17T16:00Z'),
      windows: ['Tue-Thu 09:00-16:00 Europe/London'],
      freezes: [
        {
          when: '12-19..01-02 Europe/London',
          reason: 'the holidays',
          ofWholeProject: true,
        },
      ],
    });
  });

  it('has a band for each thing that holds, to the end of what is shown, and the soaks that end in it', () => {
    const [shown] = calendarView([prod], range, now).environments;
    expect(shown?.bands.map(({ kind }) => kind)).toEqual([
      'outside windows',
      'window',
      'outside windows',
      'freeze',
    ]);
    expect(shown?.bands.at(-1)?.to).toBe(range.to);
    expect(shown?.soaks).toEqual([soak]);
  });

  it('has the windows of change requests that reach into what is shown (REL-7)', () => {
    expect(calendarView([prod], range, now).environments[0]?.changes).toEqual([change]);
  });

  it('says of a closed environment when it opens', () => {
    const [shown] = calendarView([prod], range, moment('2026-12-20T12:00Z')).environments;
    expect([shown?.open, shown?.changesAt]).toEqual([false, moment('2027-01-05T09:00Z')]);
  });
});
