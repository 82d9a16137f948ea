import { describe, expect, it } from 'vitest';
import {
  at,
  minuteMs,
  nothingKnown,
  prometheus,
  seen,
  manager,
  sourceFor,
} from '../../../domain/alarms/alarms.kit.ts';
import { anEmptyEnvironment } from '../../../domain/environment.kit.ts';
import type { AlarmRecord } from '../../../domain/alarms/types.ts';
import { Failure } from '../../../domain/failure.ts';
import { silentLog } from '../../../domain/log.ts';
import type { AlarmSource } from '../../../ports/alarms.ts';
import type { WakeUp } from '../../../engine/store.ts';
import { createVirtualClock, someMoment } from '../../../engine/virtual-clock.ts';
import { openMemoryStore } from '../../../store/memory/store.ts';
import { claim } from './claim.ts';
import { keepLooks } from './keep-looks.ts';
import { type Look, lookAt } from './look.ts';

const { project, id } = anEmptyEnvironment;
const everyMs = 30_000;
const [first, second] = [sourceFor(prometheus), sourceFor(manager)];

async function withEnvironment() {
  const woken: WakeUp[] = [];
  const store = openMemoryStore({}, (wakeUps) => void woken.push(...wakeUps));
  await store.transaction(async (tx) => {
    await tx.put(project, 'project', project, { id: project, name: 'access', createdAt: at(0) }, 0);
    await tx.put(project, 'environment', id, anEmptyEnvironment, 0);
  });
  const kept = async () => (await store.read((tx) => tx.get(project, 'alarm', id)))?.value;
  const put = (record: AlarmRecord) =>
    store.transaction(async (tx) => {
      const stored = await tx.get(project, 'alarm', id);
      await tx.put(project, 'alarm', id, record, stored?.version ?? 0);
    });
  const keep = (looks: readonly Look[], ms: number) =>
    store.transaction((tx) => keepLooks(tx, anEmptyEnvironment, looks, at(ms)));
  const told = async () => {
    await store.chain(project);
    return store.events(project, 0, 100);
  };
  const claimed = (ms: number) => store.transaction((tx) => claim(tx, project, id, at(ms), everyMs));
  return { store, woken, kept, put, keep, told, claimed };
}

describe('who looks at the alarms of an environment', () => {
  it('is one at a time, until shortly before the next look is due', async () => {
    const { claimed } = await withEnvironment();
    expect([await claimed(0), await claimed(0), await claimed(0.8 * everyMs - 1)]).toEqual([
      true,
      false,
      false,
    ]);
    expect([await claimed(0.8 * everyMs), await claimed(everyMs)]).toEqual([true, false]);
  });

  it('is whoever asks, where the claim is of a clock that was set back since', async () => {
    const { claimed, put } = await withEnvironment();
    await put({ ...nothingKnown, project, id, claimedUntil: at(everyMs) });
    expect(await claimed(0)).toBe(false);
    await put({ ...nothingKnown, project, id, claimedUntil: at(everyMs + 1) });
    expect(await claimed(0)).toBe(true);
  });

  it('changes nothing else of what is known', async () => {
    const { claimed, keep, kept } = await withEnvironment();
    await keep([{ ...first, alarms: [seen('disk')] }], 0);
    const before = await kept();
    await claimed(0);
    expect(await kept()).toEqual({ ...before, claimedUntil: at(0.8 * everyMs) });
  });
});

describe('one look at a source', () => {
  const lookWith = (look: AlarmSource['look']) => {
    const clock = createVirtualClock(someMoment);
    const ending = new AbortController();
    const seenBy = lookAt({ clock, log: silentLog, open: () => ({ look }) }, prometheus, ending.signal);
    return { clock, ending, seenBy };
  };

  it('answers with its alarms', async () => {
    const { clock, seenBy } = lookWith(async () => [seen('disk')]);
    expect(await seenBy).toEqual({ ...first, alarms: [seen('disk')] });
    expect(clock.waiting()).toBe(0);
  });

  it.each([
    [
      'what is wrong and what to do',
      new Failure('unavailable', 'x', 'No connection.', { wayOut: 'Start it.' }),
      /^No connection\. Start it\.$/u,
    ],
    ['what is wrong', new Failure('unavailable', 'x', 'No connection.'), /^No connection\.$/u],
    ['no word of what a server sent', new Error('<html>secret</html>'), /^[^<]+$/u],
  ])('that failed says %s', async (_, thrown, words) => {
    const { seenBy } = lookWith(async () => Promise.reject(thrown));
    const look = await seenBy;
    expect(look).toMatchObject(first);
    expect('missed' in look && look.missed).toMatch(words);
  });

  const untilAborted: AlarmSource['look'] = ({ signal }) =>
    new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(new Error('aborted')));
    });

  it('is given up after ten seconds, and when looking ends', async () => {
    const late = lookWith(untilAborted);
    let isOver = false;
    const over = late.seenBy.finally(() => {
      isOver = true;
    });
    await late.clock.advance(9_999);
    expect(isOver).toBe(false);
    await late.clock.advance(1);
    expect(await over).toHaveProperty('missed');
    const ended = lookWith(untilAborted);
    ended.ending.abort();
    expect(await ended.seenBy).toHaveProperty('missed');
  });
});

describe('what is kept of looks', () => {
  it('is told where it is news, with what it is about, and wakes what waits', async () => {
    const { keep, told, woken, kept } = await withEnvironment();
    await keep(
      [
        { ...first, alarms: [seen('disk')] },
        { ...second, alarms: [seen('lag')] },
      ],
      0,
    );
    expect((await told()).map(({ kind, payload }) => [kind, payload])).toEqual([
      ['alarm.fired', { alarm: 'disk', key: 'disk', source: first.id, state: 'firing', since: at(0) }],
      ['alarm.fired', { alarm: 'lag', key: 'lag', source: second.id, state: 'firing', since: at(0) }],
    ]);
    expect(woken).toEqual([{ key: `environment/${id}`, project, at: at(0) }]);
    await keep(
      [
        { ...first, alarms: [seen('disk')] },
        { ...second, alarms: [seen('lag')] },
      ],
      minuteMs,
    );
    expect([woken.length, (await told()).length]).toEqual([1, 2]);
    await keep(
      [
        { ...first, alarms: [] },
        { ...second, alarms: [seen('lag')] },
      ],
      2 * minuteMs,
    );
    expect((await told()).slice(2)).toMatchObject([
      {
        kind: 'alarm.resolved',
        actor: { kind: 'automation' },
        environment: id,
        subject: `environment/${id}`,
        payload: { alarm: 'disk', state: 'resolved' },
      },
    ]);
    expect(woken).toHaveLength(2);
    expect((await kept())?.alarms.map(({ key, state }) => [key, state])).toEqual([
      ['lag', 'firing'],
      ['disk', 'resolved'],
    ]);
  });

  it('is one word when a source goes away, and one when it is back', async () => {
    const { keep, told, woken } = await withEnvironment();
    const missed: Look = { ...first, missed: 'no connection.' };
    for (const [turn, look] of [missed, missed, { ...first, alarms: [] }, { ...first, alarms: [] }].entries())
      await keep([look, { ...second, alarms: [] }], turn * minuteMs);
    expect(
      (await told()).map(({ kind, at: when, environment, subject, payload }) => [
        kind,
        when,
        environment,
        subject,
        payload,
      ]),
    ).toEqual([
      ['alarm.source-away', at(0), id, `environment/${id}`, { source: first.id }],
      ['alarm.source-back', at(2 * minuteMs), id, `environment/${id}`, { source: first.id }],
    ]);
    expect((await told())[0]?.message).toContain('no connection.');
    expect(woken.map((one) => one.at)).toEqual([at(0), at(2 * minuteMs)]);
  });

  it('is over for a source that is declared no more, though nothing else is news', async () => {
    const { keep, told, kept, woken } = await withEnvironment();
    await keep(
      [
        { ...first, alarms: [seen('disk')] },
        { ...second, alarms: [] },
      ],
      0,
    );
    await keep([{ ...second, alarms: [] }], minuteMs);
    expect((await told()).map(({ kind }) => kind)).toEqual(['alarm.fired', 'alarm.resolved']);
    expect((await kept())?.sources.map((one) => one.id)).toEqual([second.id]);
    expect(woken).toHaveLength(2);
    await keep([], 2 * minuteMs);
    expect((await kept())?.sources).toEqual([]);
  });
});
