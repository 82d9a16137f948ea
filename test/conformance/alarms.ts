import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SeenAlarm } from '../../src/domain/alarms/types.ts';
import { silentLog } from '../../src/domain/log.ts';
import { systemClock } from '../../src/engine/clock.ts';
import type { AlarmSource } from '../../src/ports/alarms.ts';

export interface MadeAlarm {
  readonly name: string;
  readonly summary: string;
  readonly environment: string;
}

export interface AlarmsUnderTest extends AsyncDisposable {
  /** Asked for the alarms of the environment `sit`. */
  readonly source: AlarmSource;
  /** These fire from now on, and no others. Resolves when they are on their way. */
  readonly fire: (alarms: readonly MadeAlarm[]) => Promise<void>;
  /** Ends whoever is asked; absent where nobody can be away. */
  readonly end?: () => Promise<void>;
}

export const context = { signal: new AbortController().signal, log: silentLog };

export const untilSo = async (
  source: AlarmSource,
  isSo: (seen: readonly SeenAlarm[]) => boolean,
): Promise<readonly SeenAlarm[]> => {
  for (;;) {
    const seen = await source.look(context);
    if (isSo(seen)) return seen;
    await systemClock.sleep(50);
  }
};

const names = (seen: readonly SeenAlarm[]): string =>
  seen
    .filter(({ state }) => state === 'firing')
    .map(({ name }) => name)
    .toSorted()
    .join();

/** What every source of alarms promises, whoever is asked. */
export function alarmsConformance(name: string, open: () => Promise<AlarmsUnderTest>): void {
  describe(`alarms of ${name}`, () => {
    let tested: AlarmsUnderTest;
    beforeAll(async () => {
      tested = await open();
    });
    afterAll(() => tested[Symbol.asyncDispose]());

    const disk = { name: 'DiskFull', summary: '97 % of /var', environment: 'sit' };
    const slow = { name: 'Slow', summary: 'p95 over 2 s', environment: 'sit' };
    const elsewhere = { name: 'Elsewhere', summary: '', environment: 'prod' };

    it('are none at first', async () => {
      expect(await tested.source.look(context)).toEqual([]);
    });

    it('fire with their name, what they say and since when; those of other environments are not seen', async () => {
      const before = systemClock.now();
      await tested.fire([disk, elsewhere]);
      const [seen, ...more] = await untilSo(tested.source, (all) => names(all) === 'DiskFull');
      expect(more).toEqual([]);
      expect(seen).toMatchObject({ name: 'DiskFull', summary: '97 % of /var', state: 'firing' });
      expect(seen?.since).toBeGreaterThan(before - 60_000);
    });

    it('keep their key as long as they fire, whatever fires beside them', async () => {
      const [first] = await tested.source.look(context);
      await tested.fire([disk, slow, elsewhere]);
      const both = await untilSo(tested.source, (all) => names(all) === 'DiskFull,Slow');
      expect(both.find((one) => one.name === 'DiskFull')?.key).toBe(first?.key);
      expect(new Set(both.map(({ key }) => key)).size).toBe(2);
    });

    it('are over when they fire no more', async () => {
      await tested.fire([slow]);
      await untilSo(tested.source, (all) => names(all) === 'Slow');
      await tested.fire([]);
      await untilSo(tested.source, (all) => names(all) === '');
    });

    it('are not "none" when nobody answers', async () => {
      if (tested.end === undefined) return;
      await tested.end();
      await expect(tested.source.look(context)).rejects.toMatchObject({ code: 'alarms-unreachable' });
    });
  });
}
