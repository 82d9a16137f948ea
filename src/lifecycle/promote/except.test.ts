import { describe, expect, it } from 'vitest';
import type { ExceptionId } from '../../domain/calendar/calendar.ts';
import {
  furthestExceptionMs,
  longestExceptionMs,
  type MadeException,
  mostExceptions,
} from '../../domain/calendar/exception.ts';
import { type ActorId, instant, later, type RoleName } from '../../domain/ids.ts';
import { spanText } from '../../domain/wording.ts';
import { type ExceptionWanted, makeException, revokeException } from './except.ts';
import { ada, bo, cy, now } from './facts.kit.ts';
import { asking, type Kept, keeping, recordsOf, type There } from './kept.kit.ts';

const [lead, devops] = ['lead', 'devops'] as [RoleName, RoleName];
const hourMs = 3_600_000;
const facts = asking({ step: { waive: [lead, devops] } });
const { target } = facts;
const { project } = target;
const person = (id: ActorId) => ({ kind: 'person', id }) as const;

const making = (kept: Kept, more: Partial<ExceptionWanted> = {}): Promise<MadeException> =>
  kept.act((tx) =>
    makeException(
      tx,
      target,
      { id: 'x' as ExceptionId, to: later(now, hourMs), reason: 'a leak', by: person(ada), ...more },
      now,
    ),
  );
const standing = (...more: readonly There[]): Promise<Kept> => keeping(...recordsOf(facts), ...more);
const revoking = (kept: Kept, who: ActorId, id = 'x', at = now): Promise<MadeException> =>
  kept.act((tx) => revokeException(tx, project, id, { by: person(who), reason: 'closed' }, at));

const made = (other: Partial<MadeException> = {}): MadeException => ({
  id: 'x' as ExceptionId,
  project,
  environment: target.id,
  from: now,
  to: later(now, hourMs),
  by: ada,
  roles: [lead, devops],
  reason: 'a leak',
  at: now,
  revoked: null,
  ...other,
});

describe('an exception from windows and freezes (REL-4)', () => {
  it('begins now unless told, is kept and told, and lets what waits look at once', async () => {
    const kept = await standing();
    expect(await making(kept)).toEqual(made());
    expect(await kept.get('exception', 'x')).toEqual(made());
    expect(await kept.told()).toMatchObject([
      {
        kind: 'exception.made',
        actor: person(ada),
        environment: 'prod',
        subject: 'exception/x',
        payload: {
          exception: 'x',
          from: now,
          to: later(now, hourMs),
          roles: [lead, devops],
          reason: 'a leak',
        },
      },
    ]);
    expect((await kept.told())[0]?.message).toMatch(/from \d{4}-\d\d-\d\d \d\d:\d\d UTC to /u);
    expect(kept.wakeUps()).toEqual([{ key: 'environment/prod', project, at: now }]);
  });

  it.each<[string, Partial<ExceptionWanted>, Partial<MadeException> | RegExp]>([
    ['later on', { from: later(now, 1000) }, { from: later(now, 1000) }],
    ['from before now: from now on', { from: instant(now - 1000) }, { from: now }],
    ['for two weeks', { to: later(now, 14 * 24 * hourMs) }, {}],
    ['as long as may be', { to: later(now, longestExceptionMs) }, {}],
    [
      'longer',
      { to: later(now, longestExceptionMs + 1) },
      new RegExp(`would last ${spanText(longestExceptionMs)}`, 'u'),
    ],
    [
      'as far ahead as may be',
      { from: later(now, furthestExceptionMs), to: later(now, furthestExceptionMs + 1) },
      {},
    ],
    [
      'further',
      { from: later(now, furthestExceptionMs + 1), to: later(now, furthestExceptionMs + 2) },
      new RegExp(`would start in ${spanText(furthestExceptionMs)}`, 'u'),
    ],
    ['for no time at all', { from: later(now, 1), to: later(now, 1) }, /before it starts/u],
    ['up to now', { to: now }, /over already/u],
    ['up to a while ago', { from: later(now, 2), to: instant(now - 1) }, /over already/u],
  ])('is for a time that makes sense: %s', async (_, wanted, then) => {
    const outcome = making(await standing(), wanted);
    if (then instanceof RegExp)
      await expect(outcome).rejects.toMatchObject({
        kind: 'invalid',
        code: 'exception-time',
        message: expect.stringMatching(then) as string,
      });
    else expect(await outcome).toMatchObject(then);
  });

  it('is made by those whom the step names, in those roles alone', async () => {
    expect((await making(await standing(), { by: person(bo) })).roles).toEqual([devops]);
    await expect(making(await standing(), { by: person(cy) })).rejects.toMatchObject({
      kind: 'denied',
      code: 'exception-role-missing',
      wayOut: expect.stringContaining('lead or devops') as string,
    });
    const nobody = await keeping(...recordsOf(asking()));
    await expect(making(nobody)).rejects.toMatchObject({
      code: 'exception-role-missing',
      wayOut: expect.stringContaining('Nobody may') as string,
    });
  });

  it('is not made where too many stand already; those that are over do not count', async () => {
    const many = (to: (index: number) => number): There[] =>
      Array.from({ length: mostExceptions }, (_, index) => [
        'exception',
        made({ id: `x${index}` as ExceptionId, from: instant(0), to: instant(to(index)) }),
      ]);
    await expect(making(await standing(...many(() => now + 1)))).rejects.toMatchObject({
      kind: 'conflict',
      code: 'exceptions-too-many',
      message: expect.stringContaining(`${mostExceptions} exceptions`) as string,
    });
    const oneOver = await standing(...many((index) => (index === 0 ? now : now + 1)));
    expect(await making(oneOver)).toMatchObject({ id: 'x' });
  });
});

describe('an exception that is revoked (REL-4)', () => {
  it('is over from then on, told, and lets what waits look at once', async () => {
    const kept = await standing(['exception', made()]);
    const revoked = made({ revoked: { by: bo, at: now, reason: 'closed' } });
    expect(await revoking(kept, bo)).toEqual(revoked);
    expect(await kept.get('exception', 'x')).toEqual(revoked);
    expect(await kept.told()).toMatchObject([
      { kind: 'exception.revoked', actor: person(bo), payload: { reason: 'closed' } },
    ]);
    expect(kept.woken()).toEqual(['environment/prod']);
  });

  it('is revoked by whoever made it, though they could make none any more, or by who could', async () => {
    const own = await standing(['exception', made({ by: cy })]);
    expect((await revoking(own, cy)).revoked).toMatchObject({ by: cy });
    const other = await standing(['exception', made()]);
    await expect(revoking(other, cy)).rejects.toMatchObject({ code: 'exception-role-missing' });
  });

  it.each<[string, readonly There[], number, string]>([
    ['not there', [], now, 'exception-unknown'],
    ['over', [['exception', made()]], now + hourMs, 'exception-over'],
    [
      'revoked already',
      [['exception', made({ revoked: { by: bo, at: now, reason: '' } })]],
      now,
      'exception-over',
    ],
    [
      'of an environment that is gone',
      [['exception', made({ environment: 'gone' as never })]],
      now,
      'exception-unknown',
    ],
  ])('is revoked no more where it is %s', async (_, there, at, code) => {
    const kept = await standing(...there);
    await expect(revoking(kept, ada, 'x', instant(at))).rejects.toMatchObject({ code });
  });

  it('says who revoked it before', async () => {
    const kept = await standing(['exception', made({ revoked: { by: bo, at: now, reason: '' } })]);
    await expect(revoking(kept, ada)).rejects.toThrow(bo);
    const over = await standing(['exception', made()]);
    await expect(revoking(over, ada, 'x', later(now, hourMs))).rejects.toThrow('is over');
    expect(await revoking(over, ada, 'x', later(now, hourMs - 1))).toMatchObject({ id: 'x' });
  });
});
