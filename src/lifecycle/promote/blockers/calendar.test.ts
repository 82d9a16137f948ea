import { describe, expect, it } from 'vitest';
import type { ExceptionId } from '../../../domain/calendar/calendar.ts';
import { moment } from '../../../domain/calendar/calendar.kit.ts';
import type { MadeException } from '../../../domain/calendar/exception.ts';
import type { ActorId, EnvironmentName, RoleName } from '../../../domain/ids.ts';
import { rungOf } from '../../../domain/pipeline.ts';
import type { EnvironmentSpec, FreezeSpec, ProjectFile } from '../../../domain/project-file/types.ts';
import { exceptionUsed } from '../calendar.ts';
import { aCleanAsk, ada, cy, file } from '../facts.kit.ts';
import type { AdmissionFacts } from '../facts.ts';
import { calendar } from './calendar.ts';

const prod = 'prod' as EnvironmentName;
const lead = 'lead' as RoleName;
const clean = aCleanAsk();
const office = 'Tue-Thu 09:00-16:00 Europe/London';
const holidays: FreezeSpec = {
  kind: 'once',
  from: '2026-12-18 17:00',
  to: '2027-01-04 09:00',
  zone: 'Europe/London',
  reason: 'the holidays',
};
const friday = moment('2026-11-20T19:00Z');

interface Rules {
  readonly spec?: Partial<EnvironmentSpec>;
  readonly freezes?: readonly FreezeSpec[];
  readonly waive?: readonly RoleName[];
  readonly exceptions?: readonly MadeException[];
}

function asking({ spec = {}, freezes = [], waive = [lead], exceptions = [] }: Rules): AdmissionFacts {
  const step = file.pipelines['main']?.at(-1);
  if (step === undefined) throw new Error('no step leads to prod');
  const ruled: ProjectFile = {
    ...file,
    environments: { [prod]: { ...clean.target.spec, tier: 'production', ...spec } },
    freezes,
    pipelines: { main: [{ ...step, waive }] },
  };
  return aCleanAsk({ file: ruled, rung: rungOf(ruled, prod), exceptions });
}

const anException = (more: Partial<MadeException> = {}): MadeException => ({
  id: 'one' as ExceptionId,
  project: clean.target.project,
  environment: clean.target.id,
  from: moment('2026-11-20T18:00Z'),
  to: moment('2026-11-20T20:00Z'),
  by: ada,
  roles: [lead],
  reason: 'a leak is closed',
  at: moment('2026-11-20T17:00Z'),
  revoked: null,
  ...more,
});

describe('windows and freezes as blockers', () => {
  it('say when the environment is open, when it opens next, and who can make an exception', () => {
    expect(calendar(asking({ spec: { windows: [office] } }), friday)).toEqual([
      {
        kind: 'window',
        reason:
          'prod is open Tue-Thu 09:00-16:00 Europe/London; it opens Tuesday 24 November 09:00 (in 3 d 14 h).',
        wayOut:
          'Wait: it starts by itself. lead can make an exception: rung window except prod --to … --reason …',
        effect: 'waits',
        liftedBy: { kind: 'time' },
        earliest: moment('2026-11-24T09:00Z'),
      },
    ]);
  });

  it('let a release in while a window is open, and to the minute not after', () => {
    const ask = asking({ spec: { windows: [office] } });
    expect(calendar(ask, moment('2026-11-24T15:59:59.999Z'))).toEqual([]);
    expect(calendar(ask, moment('2026-11-24T16:00Z'))).toHaveLength(1);
  });

  it('name the freeze, and the first opening after it that no freeze covers', () => {
    const ask = asking({ spec: { windows: [office] }, freezes: [holidays] });
    expect(calendar(ask, moment('2026-12-22T10:00Z'))).toMatchObject([
      {
        kind: 'freeze',
        reason:
          'prod is frozen, 2026-12-18 17:00 to 2027-01-04 09:00 Europe/London: the holidays. It opens Tuesday 5 January 2027 09:00 (in 13 d 23 h).',
        earliest: moment('2027-01-05T09:00Z'),
      },
    ]);
  });

  it('hold the project’s freezes in staging and production alone', () => {
    const tiers = ['development', 'testing', 'staging', 'production', 'preview'] as const;
    const frozen = tiers.filter(
      (tier) =>
        calendar(asking({ spec: { tier }, freezes: [holidays] }), moment('2026-12-22T10:00Z')).length > 0,
    );
    expect(frozen).toEqual(['staging', 'production']);
  });

  it('name the zone of the opening where it is another one than was said', () => {
    const windows = [office, 'Wed 09:00-16:00 America/New_York'];
    const [blocker] = calendar(asking({ spec: { windows } }), friday);
    expect(blocker?.reason).toContain('it opens Tuesday 24 November 09:00 Europe/London (in');
  });

  it('say that nothing opens in sight, and that only people can change that', () => {
    const freezes: readonly FreezeSpec[] = [
      { ...holidays, from: '2026-01-01 00:00', to: '2027-01-01 00:00' },
      { ...holidays, from: '2027-01-01 00:00', to: '2028-01-01 00:00' },
    ];
    const [blocker] = calendar(asking({ freezes }), moment('2026-06-01T00:00Z'));
    expect(blocker).toMatchObject({
      kind: 'freeze',
      earliest: null,
      liftedBy: { kind: 'people', roles: [lead] },
    });
    expect(blocker?.reason).toContain('It does not open within 400 days.');
  });

  it('let in by an exception, and only while it stands and who made it still may', () => {
    const closedBy = (exception: MadeException, more: Rules = {}): number =>
      calendar(asking({ spec: { windows: [office] }, exceptions: [exception], ...more }), friday).length;
    expect(closedBy(anException())).toBe(0);
    expect(closedBy(anException({ to: friday }))).toBe(1);
    expect(closedBy(anException({ revoked: { by: ada, at: friday, reason: 'a mistake' } }))).toBe(1);
    expect(closedBy(anException({ by: 'gone@example.org' as ActorId }))).toBe(1);
    expect(closedBy(anException({ by: cy }))).toBe(1);
    expect(closedBy(anException(), { waive: [] })).toBe(1);
  });

  it('let nothing in where a file was accepted whose windows cannot be read', () => {
    const ask = asking({ spec: { windows: ['some day'] } });
    expect(calendar(ask, friday)).toMatchObject([
      { kind: 'window', reason: 'The calendar of prod cannot be read: "some day".', earliest: null },
    ]);
  });
});

describe('the exception that a promotion used', () => {
  it('is the one without which it could not have gone', () => {
    const ask = asking({ spec: { windows: [office] }, exceptions: [anException()] });
    expect(exceptionUsed(ask, friday)).toMatchObject({ id: 'one', by: ada, reason: 'a leak is closed' });
  });

  it('is none where a window was open all the same', () => {
    const exceptions = [anException({ to: moment('2026-11-30T20:00Z') })];
    const ask = asking({ spec: { windows: [office] }, exceptions });
    expect(exceptionUsed(ask, moment('2026-11-24T10:00Z'))).toBe(null);
  });
});
