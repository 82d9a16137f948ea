import { describe, expect, it } from 'vitest';
import { moment } from '../../../domain/calendar/calendar.kit.ts';
import type { ExceptionId } from '../../../domain/calendar/calendar.ts';
import type { MadeException } from '../../../domain/calendar/exception.ts';
import { type EnvironmentName, instant, type RoleName } from '../../../domain/ids.ts';
import type { EnvironmentSpec, ProjectFile } from '../../../domain/project-file/types.ts';
import { admit, mayWait } from '../admit.ts';
import type { AdmissionFacts } from '../facts.ts';
import { aCleanAsk, ada, bo, cy } from '../facts.kit.ts';
import { calendar } from './calendar.ts';

/** A Saturday. */
const now = moment('2026-11-21T12:00Z');
const clean = aCleanAsk();
const prod = 'prod' as EnvironmentName;
const lead = 'lead' as RoleName;

function open(
  calendarOfProd: Pick<EnvironmentSpec, 'windows' | 'freezes'>,
  {
    waive = [],
    exceptions = [],
  }: { waive?: readonly RoleName[]; exceptions?: readonly MadeException[] } = {},
): AdmissionFacts {
  const { rung, file, target } = clean;
  if (rung === null) throw new Error('prod is a rung');
  const environments: ProjectFile['environments'] = { [prod]: { ...target.spec, ...calendarOfProd } };
  const step = { ...rung.step, waive };
  return { ...clean, file: { ...file, environments }, rung: { ...rung, step }, exceptions };
}

const exception = (other: Partial<MadeException> = {}): MadeException => ({
  id: 'x' as ExceptionId,
  project: clean.target.project,
  environment: clean.target.id,
  from: instant(now - 1),
  to: instant(now + 1),
  by: ada,
  reason: 'a fix',
  roles: [lead],
  at: now,
  revoked: null,
  ...other,
});

const windows = ['Tue-Thu 09:00-16:00 UTC'];
const sale = {
  kind: 'once',
  from: '2026-11-20 00:00',
  to: '2026-11-22 00:00',
  zone: 'UTC',
  reason: 'Sale.',
} as const;
const blocked = (facts: AdmissionFacts) => calendar(facts, now);

describe('the calendar of an environment (REL-4)', () => {
  it('lets something in while it is open, and always where it has no windows', () => {
    expect(blocked(open({}))).toEqual([]);
    expect(blocked(open({ windows: ['Sat 09:00-16:00 UTC'] }))).toEqual([]);
  });

  it('says outside of its windows when the next one opens, and lets time lift it', () => {
    expect(blocked(open({ windows }))).toEqual([
      {
        kind: 'window',
        reason: 'prod is open Tue-Thu 09:00-16:00 UTC; it opens Tuesday 24 November 09:00 (in 2 d 21 h).',
        wayOut: 'Wait: it starts by itself.',
        effect: 'waits',
        liftedBy: { kind: 'time' },
        earliest: moment('2026-11-24T09:00Z'),
      },
    ]);
  });

  it('says in a freeze why, and when it opens after that', () => {
    const [blocker] = blocked(open({ windows, freezes: [sale] }));
    expect(blocker).toMatchObject({ kind: 'freeze', earliest: moment('2026-11-24T09:00Z') });
    expect(blocker?.reason).toMatch(
      /^prod is frozen, 2026-11-20 00:00 to 2026-11-22 00:00 UTC: Sale\. It opens Tue/u,
    );
  });

  it('names the clock where places have several', () => {
    const places = ['Tue 09:00-16:00 Europe/Paris', 'Thu 09:00-16:00 America/New_York'];
    expect(blocked(open({ windows: places }))[0]?.reason).toMatch(
      /opens Tuesday 24 November 09:00 Europe\/Paris \(in/u,
    );
  });

  it('tells when a freeze ends by the clock of the windows, or by its own where there are none', () => {
    const there = { ...sale, zone: 'America/New_York' };
    expect(blocked(open({ freezes: [there] }))[0]?.reason).toMatch(
      /opens tomorrow 00:00 \(in|opens Sunday 22 November 00:00 \(in/u,
    );
    const paris = ['daily 00:00-24:00 Europe/Paris'];
    expect(blocked(open({ windows: paris, freezes: [there] }))[0]?.reason).toMatch(
      / 06:00 Europe\/Paris \(in/u,
    );
  });

  it('names who can make an exception, and opens for theirs alone', () => {
    const closed = open({ windows }, { waive: [lead] });
    expect(blocked(closed)[0]?.wayOut).toBe(
      'Wait: it starts by itself. lead can make an exception: rung window except prod --to … --reason …',
    );
    const may = { waive: [lead] };
    expect(blocked(open({ windows }, { ...may, exceptions: [exception()] }))).toEqual([]);
    expect(blocked(open({ windows }, { ...may, exceptions: [exception({ by: bo })] }))).toHaveLength(1);
    const revoked = exception({ revoked: { by: ada, at: now, reason: 'no' } });
    expect(blocked(open({ windows }, { ...may, exceptions: [revoked] }))).toHaveLength(1);
    expect(blocked(open({ windows }, { exceptions: [exception()] }))).toHaveLength(1);
  });

  it('sends people to the file where it does not open at all', () => {
    const never = { windows: ['Mon 00:00-24:00 UTC'], freezes: [{ ...sale, to: '2027-11-20 00:00' }] };
    const far = { ...sale, from: '2027-11-20 00:00', to: '2028-11-19 00:00' };
    const closed = (waive: readonly RoleName[]) =>
      blocked(open({ ...never, freezes: [...never.freezes, far] }, { waive }))[0];
    expect(closed([])).toMatchObject({
      reason: expect.stringContaining('It does not open within 400 days.') as string,
      wayOut: 'Change the windows or freezes of prod in rung.yaml.',
      earliest: null,
      liftedBy: { kind: 'people', members: [ada, bo, cy] },
    });
    expect(closed([lead, 'qa' as RoleName])?.wayOut).toContain('lead or qa can make an exception');
    expect(closed([lead])).toMatchObject({ liftedBy: { kind: 'people', members: [ada] } });
  });

  it('is closed where it cannot be read, but for an exception', () => {
    const unread = { windows: ['whenever', 'daily UTC'] };
    expect(blocked(open(unread))).toMatchObject([
      { kind: 'window', reason: 'The calendar of prod cannot be read: "whenever".', effect: 'waits' },
    ]);
    expect(blocked(open(unread, { waive: [lead], exceptions: [exception()] }))).toEqual([]);
  });

  it('stands in the way of what is otherwise in order, which may wait', () => {
    const facts = open({ windows: ['Tue 09:00-16:00 UTC'] });
    const answer = admit({ ...facts, promotion: null }, now);
    expect(answer.blockers.map(({ kind }) => kind)).toContain('window');
    expect(mayWait(answer)).toBe(true);
  });
});
