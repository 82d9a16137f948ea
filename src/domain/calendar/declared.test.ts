import { describe, expect, it } from 'vitest';
import type { EnvironmentName } from '../ids.ts';
import { type EnvironmentSpec, type FreezeSpec, type ProjectFile, tiers } from '../project-file/types.ts';
import { isProtectedTier } from '../tier.ts';
import { aFreeze, aWindow } from './calendar.kit.ts';
import { declaredCalendar } from './declared.ts';

const [prod, test] = ['prod', 'test'] as EnvironmentName[] as [EnvironmentName, EnvironmentName];
const zone = 'Europe/London';
const sale: FreezeSpec = { kind: 'yearly', days: '12-20..01-02', zone, reason: 'Sale' };
const move: FreezeSpec = {
  kind: 'once',
  from: '2026-12-18 17:00',
  to: '2027-01-04 09:00',
  zone,
  reason: 'Move',
};
const office = 'Tue-Thu 09:00-16:00 Europe/London';

const spec = (other: Partial<EnvironmentSpec>): EnvironmentSpec => ({
  tier: 'production',
  purpose: 'production',
  deploy: 'manual',
  lifecycle: { kind: 'permanent' },
  ports: {},
  ...other,
});
const fileOf = (
  environments: Readonly<Record<string, Partial<EnvironmentSpec>>>,
  freezes?: readonly FreezeSpec[],
): Pick<ProjectFile, 'environments' | 'freezes'> => ({
  environments: Object.fromEntries(Object.entries(environments).map(([name, one]) => [name, spec(one)])),
  ...(freezes !== undefined && { freezes }),
});

describe('the calendar that a project file declares', () => {
  it.each([
    ['nothing is said of the environment', fileOf({}, [sale])],
    ['neither windows nor freezes are', fileOf({ prod: {} })],
    ['there are none in its lists', fileOf({ prod: { windows: [], freezes: [] } }, [])],
    ['others have some', fileOf({ prod: {}, test: { windows: [office], freezes: [move] } })],
  ])('is always open where %s', (_, file) => {
    expect(declaredCalendar(file, prod)).toEqual({ windows: [], freezes: [], unread: [] });
  });

  it('has the windows and freezes of the environment, and after them those of the whole project', () => {
    const file = fileOf({ prod: { windows: [office, 'daily UTC'], freezes: [move] } }, [sale]);
    expect(declaredCalendar(file, prod)).toEqual({
      windows: [aWindow(office), aWindow('daily UTC')],
      freezes: [
        {
          ...aFreeze({ from: '2026-12-18 17:00', to: '2027-01-04 09:00', zone }),
          reason: 'Move',
          environment: prod,
        },
        { ...aFreeze({ yearly: '12-20..01-02', zone }), reason: 'Sale', environment: null },
      ],
      unread: [],
    });
  });

  it.each([
    ['a window alone', { windows: [office] }, undefined, [1, 0]],
    ['a freeze of its own alone', { freezes: [move] }, undefined, [0, 1]],
    ['a freeze of the project alone', {}, [sale], [0, 1]],
  ])('has %s', (_, one, freezes, counts) => {
    const { windows, freezes: found } = declaredCalendar(fileOf({ prod: one }, freezes), prod);
    expect([windows.length, found.length]).toEqual(counts);
  });

  it.each(tiers)('has the freezes of the project where its tier is protected: %s', (tier) => {
    const { freezes } = declaredCalendar(fileOf({ prod: { tier } }, [sale]), prod);
    expect(freezes).toHaveLength(isProtectedTier(tier) ? 1 : 0);
  });

  it('names what was accepted without being understood, which lets nothing in', () => {
    const file = fileOf({ prod: { windows: ['whenever', office], freezes: [{ ...move, to: 'later' }] } }, [
      { ...sale, days: 'always' },
    ]);
    expect(declaredCalendar(file, prod)).toEqual({
      windows: [aWindow(office)],
      freezes: [],
      unread: ['whenever', 'Move', 'Sale'],
    });
  });

  it('is of each environment, though two are declared in the same words', () => {
    const file = fileOf({ prod: { freezes: [move] }, test: { freezes: [move] } });
    const places = [prod, test].map((name) => declaredCalendar(file, name).freezes[0]?.environment);
    expect(places).toEqual([prod, test]);
  });

  it('is of each file, though two name the same environment', () => {
    const [one, other] = [
      fileOf({ prod: { windows: [office] } }),
      fileOf({ prod: { windows: ['daily UTC'] } }),
    ];
    expect(declaredCalendar(one, prod).windows).toEqual([aWindow(office)]);
    expect(declaredCalendar(other, prod).windows).toEqual([aWindow('daily UTC')]);
    expect(declaredCalendar(structuredClone(one), prod)).toEqual(declaredCalendar(one, prod));
  });
});
