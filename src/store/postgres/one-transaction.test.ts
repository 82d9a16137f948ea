import type { PostgresPoolClient } from 'kysely';
import { describe, expect, it } from 'vitest';
import { type Isolation, OneTransaction } from './one-transaction.ts';

/** A connection that answers when it is told to, in the order in which it was asked. */
function slowServer() {
  const asked: string[] = [];
  const waiting: PromiseWithResolvers<unknown>[] = [];
  const query = (text: string): Promise<unknown> => {
    asked.push(text.replace(/^start transaction .*/, 'begin'));
    const answer = Promise.withResolvers<unknown>();
    waiting.push(answer);
    return answer.promise;
  };
  const client = { query, release: () => undefined } as unknown as PostgresPoolClient;
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    asked,
    begin: (how: Isolation = 'serializable') => new OneTransaction(client, how),
    answer: (rows: readonly unknown[] = []) => {
      waiting.shift()?.resolve({ command: 'SELECT', rowCount: rows.length, rows });
      return turn();
    },
    fail: (text: string) => {
      waiting.shift()?.reject(new Error(text));
      return turn();
    },
  };
}

const read = 'select 1';
const write = 'update records set version = 2';
const told = 'insert into events';

describe('what is said in a transaction', () => {
  it('goes behind its begin where it only reads; what writes waits, and all that comes behind it', async () => {
    const server = slowServer();
    const one = server.begin();
    const answers = [read, write, read].map((text) => one.ask(text, []));
    one.tell(told, []);
    expect(server.asked).toEqual(['begin', read]);
    await server.answer();
    expect(server.asked).toEqual(['begin', read, write, read, told]);
    await server.answer(['one']);
    expect((await answers[0])?.rows).toEqual(['one']);
    void one.ask(write, []);
    expect(server.asked.at(-1)).toBe(write);
  });

  it('is never sent, where it writes, once the begin failed: nothing would take it back', async () => {
    const server = slowServer();
    const one = server.begin();
    const asked = Promise.allSettled([one.ask(read, []), one.ask(write, [])]);
    one.tell(told, []);
    const over = expect(one.commit()).rejects.toThrow('cancelled');
    await server.fail('cancelled');
    // Without a transaction, this one is answered.
    await server.answer(['of another picture']);
    const rejected = { status: 'rejected', reason: new Error('cancelled') };
    expect(await asked).toEqual([rejected, rejected]);
    await over;
    expect(server.asked).toEqual(['begin', read]);
  });

  it('fails with what went wrong first, though nobody waited for that', async () => {
    const server = slowServer();
    const one = server.begin();
    await server.answer();
    one.tell(told, []);
    const ends = [one.ask(read, []), one.commit()].map((end) =>
      expect(end).rejects.toThrow('no such project'),
    );
    await server.fail('no such project');
    await server.fail('the transaction is aborted');
    await server.answer();
    await Promise.all(ends);
    await expect(one.ask(read, [])).rejects.toThrow('This transaction is over.');
  });

  it('is not sent behind the rollback, neither what is held nor what comes later', async () => {
    const server = slowServer();
    const one = server.begin();
    const held = expect(one.ask(write, [])).rejects.toThrow('This transaction is over.');
    const isGood = one.rollback();
    await server.answer();
    await held;
    await expect(one.ask(write, [])).rejects.toThrow('This transaction is over.');
    await server.answer();
    expect(await isGood).toBe(true);
    expect(server.asked).toEqual(['begin', 'rollback']);
  });

  it('ends with a rollback that says whether the connection is still good', async () => {
    const server = slowServer();
    const isGood = server.begin().rollback();
    await server.answer();
    await server.fail('the connection ended');
    expect(await isGood).toBe(false);
  });
});

describe('the end of a transaction', () => {
  it('is waited for where it writes, and behind what it holds', async () => {
    const server = slowServer();
    const one = server.begin();
    one.tell(told, []);
    let isOver = false;
    void one.commit().then(() => (isOver = true));
    expect(server.asked).toEqual(['begin']);
    for (const _ of ['begin', told]) await server.answer();
    expect([server.asked, isOver]).toEqual([['begin', told, 'commit'], false]);
    await server.answer();
    expect(isOver).toBe(true);
  });

  it('is sent, and not waited for, where it only read', async () => {
    const server = slowServer();
    const one = server.begin('repeatable read read only');
    const asked = one.ask(read, []);
    await server.answer();
    await server.answer();
    await asked;
    await one.commit();
    expect(server.asked).toEqual(['begin', read, 'commit']);
    await server.fail('the connection ended');
  });

  it('is sent at once where nothing was asked', async () => {
    const server = slowServer();
    await server.begin('repeatable read read only').commit();
    expect(server.asked).toEqual(['begin', 'commit']);
  });
});
