import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ProjectId, instant } from '../../src/domain/ids.ts';
import { systemClock } from '../../src/engine/clock.ts';
import type { Records, Store, Transaction } from '../../src/engine/store.ts';
import { uuidAt } from '../../src/engine/uuid.ts';
import { anEvent } from '../kit/audit.ts';
import { aBranch, aBuild, aRelease } from '../kit/records.ts';

export interface StoreUnderTest {
  readonly store: Store;
  readonly close: () => Promise<void>;
}

const newProject = (): ProjectId => uuidAt(systemClock.now()) as ProjectId;

/** What every store promises, whatever it keeps things in. */
export function storeConformance(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`the ${name} store`, () => {
    let under: StoreUnderTest;
    let store: Store;
    let project: ProjectId;
    beforeEach(async () => {
      under = await open();
      store = under.store;
      project = newProject();
    });
    afterEach(() => under.close());

    const putBranch = (id: string, commit: string, expected: number): Promise<number> =>
      store.transaction((tx) => tx.put(project, 'branch', id, aBranch(project, id, commit), expected));

    describe('records', () => {
      it('gives back what was put, with a version that rises by one', async () => {
        expect(await putBranch('main', 'c1', 0)).toBe(1);
        expect(await putBranch('main', 'c2', 1)).toBe(2);
        const stored = await store.transaction((tx) => tx.get(project, 'branch', 'main'));
        expect(stored).toEqual({ value: aBranch(project, 'main', 'c2'), version: 2 });
        expect(await store.transaction((tx) => tx.get(newProject(), 'branch', 'main'))).toBeUndefined();
      });

      it('lets one of two create a project of one name at the same moment', async () => {
        const name = `access ${project}`;
        const create = (id: ProjectId): Promise<number> =>
          store.transaction((tx) => tx.put(id, 'project', id, { id, name, createdAt: instant(1) }, 0));
        const ended = await Promise.allSettled([create(project), create(newProject())]);
        expect(ended.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
        expect(ended.find(({ status }) => status === 'rejected')).toMatchObject({
          reason: { kind: 'conflict', code: 'record-changed' },
        });
        expect((await store.projects()).filter((one) => one.name === name)).toHaveLength(1);
      });

      it('refuses to write over what somebody else changed', async () => {
        await putBranch('main', 'c1', 0);
        const refused: unknown = expect.objectContaining({ kind: 'conflict', code: 'record-changed' });
        await expect(putBranch('main', 'c2', 0)).rejects.toEqual(refused);
        await expect(putBranch('main', 'c2', 2)).rejects.toEqual(refused);
        await expect(putBranch('new', 'c2', 1)).rejects.toEqual(refused);
      });

      it('lists newest first, page by page, by any of what it can be found by', async () => {
        await store.transaction(async (tx) => {
          for (const [id, phase] of [
            ['t1', 'wanted'],
            ['t2', 'building'],
            ['t3', 'wanted'],
            ['t4', 'failed'],
          ] as const) {
            await tx.put(project, 'build', id, aBuild(project, id, phase), 0);
          }
        });
        const ids = async (...query: Parameters<typeof list>): Promise<readonly string[]> =>
          (await list(...query)).items.map(({ value }) => value.id);
        const list = (filter = {}, page = {}) =>
          store.transaction((tx) => tx.list(project, 'build', filter, page));
        expect(await ids()).toEqual(['t4', 't3', 't2', 't1']);
        expect(await ids({ phase: ['wanted'] })).toEqual(['t3', 't1']);
        expect(await ids({ phase: ['wanted', 'failed'], tree: 't3' })).toEqual(['t3']);
        const first = await list({}, { limit: 3 });
        expect(first.items).toHaveLength(3);
        expect(await ids({}, { limit: 3, after: first.next ?? '' })).toEqual(['t1']);
        expect((await list({}, { after: first.next ?? '' })).next).toBeNull();
      });

      it('removes, and succeeds on what is gone', async () => {
        await putBranch('main', 'c1', 0);
        const remove = () => store.transaction((tx) => tx.remove(project, 'branch', 'main'));
        await remove();
        await remove();
        expect(await store.transaction((tx) => tx.get(project, 'branch', 'main'))).toBeUndefined();
        expect(await putBranch('main', 'c1', 0)).toBe(1);
      });

      it('keeps every character, NUL and lone surrogates included', async () => {
        const odd = 'a\u0000b\ud800c\u2028d"\\';
        await putBranch('main', odd, 0);
        const stored = await store.transaction((tx) => tx.get(project, 'branch', 'main'));
        expect(stored?.value.commit).toBe(odd);
      });

      it('lists the projects', async () => {
        const record = { id: project, name: 'access', createdAt: instant(1) };
        await store.transaction((tx) => tx.put(project, 'project', project, record, 0));
        expect(await store.projects()).toContainEqual(record);
      });
    });

    describe('transactions', () => {
      it('see what they wrote themselves, and nobody else does before they end', async () => {
        await store.transaction(async (tx) => {
          await tx.put(project, 'branch', 'main', aBranch(project, 'main', 'c1'), 0);
          expect((await tx.get(project, 'branch', 'main'))?.version).toBe(1);
          expect((await tx.list(project, 'branch')).items).toHaveLength(1);
          const other = await store.transaction((second) => second.get(project, 'branch', 'main'));
          expect(other).toBeUndefined();
        });
        expect((await store.transaction((tx) => tx.list(project, 'branch'))).items).toHaveLength(1);
      });

      it('may write one record again and again, and take it away again', async () => {
        await store.transaction(async (tx) => {
          const first = await tx.put(project, 'branch', 'main', aBranch(project, 'main', 'c1'), 0);
          const second = await tx.put(project, 'branch', 'main', aBranch(project, 'main', 'c2'), first);
          await tx.put(project, 'branch', 'other', aBranch(project, 'other', 'c1'), 0);
          await tx.remove(project, 'branch', 'other');
          expect([first, second]).toEqual([1, 2]);
        });
        const { items } = await store.transaction((tx) => tx.list(project, 'branch'));
        expect(items.map(({ version, value }) => [version, value.commit])).toEqual([[2, 'c2']]);
      });

      it('forget what they read of what they wrote when they fail, of what never changes, too', async () => {
        const id = 'sha256:a file';
        const file = { id, project, file: {}, text: '' } as Records['rules'];
        const failing = store.transaction(async (tx) => {
          await tx.put(project, 'rules', id, file, 0);
          expect((await tx.get(project, 'rules', id))?.version).toBe(1);
          throw new Error('something else');
        });
        await expect(failing).rejects.toThrow('something else');
        expect(await store.transaction((tx) => tx.get(project, 'rules', id))).toBeUndefined();
        await store.transaction((tx) => tx.put(project, 'rules', id, file, 0));
        expect((await store.read((tx) => tx.get(project, 'rules', id)))?.version).toBe(1);
      });

      it.each([
        ['a record that was changed', 'new', 1],
        ['a record that is there', 'main', 0],
      ])('keep nothing of what they wrote beside %s', async (_, id, expected) => {
        await putBranch('main', 'c1', 0);
        const writing = store.transaction(async (tx) => {
          await tx.put(project, 'branch', 'first', aBranch(project, 'first', 'c1'), 0);
          await tx.append([anEvent('never', { project })]);
          await tx.wake([{ key: 'branch/x', project, at: instant(1) }]);
          await tx.put(project, 'branch', id, aBranch(project, id, 'c2'), expected);
          await tx.put(project, 'branch', 'last', aBranch(project, 'last', 'c1'), 0);
        });
        await expect(writing).rejects.toMatchObject({ code: 'record-changed', facts: { id } });
        const { items } = await store.transaction((tx) => tx.list(project, 'branch'));
        expect(items.map(({ value }) => [value.id, value.commit])).toEqual([['main', 'c1']]);
        expect(await store.chain(project)).toBe(0);
      });

      it('find what they wrote, and no more what they removed, in lists that they asked for before', async () => {
        const found = await store.transaction(async (tx) => {
          const ids = async () =>
            (await tx.list(project, 'build', { phase: ['wanted'] })).items.map(({ value }) => value.id);
          const seen = [await ids()];
          for (const id of ['b1', 'b2']) await tx.put(project, 'build', id, aBuild(project, id, 'wanted'), 0);
          seen.push(await ids());
          await tx.remove(project, 'build', 'b1');
          await tx.put(project, 'build', 'b2', aBuild(project, 'b2', 'building'), 1);
          return [...seen, await ids()];
        });
        expect(found).toEqual([[], ['b2', 'b1'], []]);
      });

      it('leave nothing behind when they fail: no record, no event, no wake-up', async () => {
        const failing = store.transaction(async (tx) => {
          await tx.put(project, 'branch', 'main', aBranch(project, 'main', 'c1'), 0);
          await tx.append([anEvent('never', { project })]);
          throw new Error('no');
        });
        await expect(failing).rejects.toThrow('no');
        expect(await store.transaction((tx) => tx.get(project, 'branch', 'main'))).toBeUndefined();
        expect(await store.chain(project)).toBe(0);
      });

      it('run again when another changed what they read, so that no count is lost', async () => {
        await putBranch('main', '0', 0);
        const increment = () =>
          store.transaction(async (tx) => {
            const stored = await tx.get(project, 'branch', 'main');
            const next = String(Number(stored?.value.commit) + 1);
            await tx.put(project, 'branch', 'main', aBranch(project, 'main', next), stored?.version ?? 0);
          });
        await Promise.all(Array.from({ length: 8 }, increment));
        const stored = await store.transaction((tx) => tx.get(project, 'branch', 'main'));
        expect(stored?.value.commit).toBe('8');
      });

      it('never let two people each take the last place (OPS-9)', async () => {
        const both = Promise.withResolvers<void>();
        let inside = 0;
        const claim = (id: string) =>
          store.transaction(async (tx) => {
            const open = await tx.list(project, 'build', { phase: ['building'] });
            inside += 1;
            if (inside >= 2) both.resolve();
            await both.promise;
            if (open.items.length > 0) return false;
            await tx.put(project, 'build', id, aBuild(project, id, 'building'), 0);
            return true;
          });
        const won = await Promise.all([claim('t1'), claim('t2')]);
        expect(won.filter(Boolean)).toHaveLength(1);
      });
    });

    describe('reading', () => {
      it('sees one picture, whatever is committed meanwhile', async () => {
        await putBranch('main', 'c1', 0);
        let looks = 0;
        const seen = await store.read(async (reader) => {
          looks += 1;
          const first = await reader.get(project, 'branch', 'main');
          if (looks === 1) await putBranch('main', 'c2', 1);
          const second = await reader.get(project, 'branch', 'main');
          return [first?.value.commit, second?.value.commit];
        });
        expect(seen[0]).toBe(seen[1]);
      });

      it('never makes a writer run again', async () => {
        await putBranch('main', 'c1', 0);
        const looked = Promise.withResolvers<void>();
        const written = Promise.withResolvers<void>();
        let looks = 0;
        const reading = store.read(async (reader) => {
          await reader.list(project, 'branch');
          looks += 1;
          looked.resolve();
          if (looks === 1) await written.promise;
        });
        await looked.promise;
        let runs = 0;
        await store.transaction(async (tx) => {
          runs += 1;
          await tx.put(project, 'branch', 'main', aBranch(project, 'main', 'c2'), 1);
        });
        written.resolve();
        await reading;
        expect(runs).toBe(1);
      });

      it.each([
        ['a record', (tx: Transaction) => tx.put(project, 'branch', 'x', aBranch(project, 'x', 'c'), 0)],
        ['an event', (tx: Transaction) => tx.append([anEvent('never', { project })])],
        ['a wake-up', (tx: Transaction) => tx.wake([{ key: 'branch/x', project, at: instant(1) }])],
      ])('refuses to write %s', async (_, write) => {
        const writing = store.read<unknown>((reader) => write(reader as Transaction));
        await expect(writing).rejects.toEqual(
          expect.objectContaining({ kind: 'defect', code: 'read-only-written' }),
        );
        expect(await store.read((reader) => reader.get(project, 'branch', 'x'))).toBeUndefined();
        expect(await store.chain(project)).toBe(0);
      });

      it('lists releases newest first, though their ids are digests', async () => {
        await store.transaction(async (tx) => {
          for (const [id, at] of [
            ['sha256:b', 1],
            ['sha256:a', 3],
            ['sha256:c', 2],
          ] as const)
            await tx.put(project, 'release', id, aRelease(project, id, at), 0);
        });
        const first = await store.read((reader) => reader.list(project, 'release', {}, { limit: 2 }));
        expect(first.items.map(({ value }) => value.createdAt)).toEqual([3, 2]);
        const page = { limit: 2, ...(first.next === null ? {} : { after: first.next }) };
        const rest = await store.read((reader) => reader.list(project, 'release', {}, page));
        expect(rest.items.map(({ value }) => value.createdAt)).toEqual([1]);
      });
    });
  });
}
