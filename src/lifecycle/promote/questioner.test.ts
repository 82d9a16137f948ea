import { describe, expect, it } from 'vitest';
import { later } from '../../domain/ids.ts';
import { verify } from '../../domain/keys.ts';
import { callbackText } from '../../domain/question.ts';
import { someMoment } from '../../engine/virtual-clock.ts';
import { storeWith } from '../operate/store-with.kit.ts';
import { next } from './facts.kit.ts';
import { asked, key, pass, project, secondMs, stage, telling } from './questioner.kit.ts';

describe('whoever sends what was asked', () => {
  it('sends who asks what, until when, and with what an answer is given later', async () => {
    const desk = asked('desk');
    const on = await stage(() => pass, desk);
    on.start();
    await on.clock.settle();
    const [question, ...more] = on.sent;
    expect(more).toEqual([]);
    expect(question).toMatchObject({
      url: desk.url,
      body: {
        rung: 1,
        question: desk.id,
        nonce: 'nonce',
        project,
        gate: 'desk',
        release: { id: next.id, version: next.version, tree: next.manifest.tree },
        environment: 'prod',
        askedAt: new Date(desk.askedAt).toISOString(),
        answerBy: new Date(desk.until).toISOString(),
        callback: {
          url: `https://rung.example.org/api/v1/projects/${project}/questions/${desk.id}/answer`,
        },
      },
    });
    const token = question?.body.callback.token ?? '';
    expect(verify(key.publicKey, callbackText(desk), token)).toBe(true);
    expect(await on.stateOf(desk)).toEqual({
      phase: 'answered',
      answer: { verdict: 'pass', reason: 'fine', url: 'https://d/1' },
      via: 'reply',
      at: someMoment,
    });
  });

  it('sends the round that is asked now, where another one began just when it had looked', async () => {
    const desk = asked('desk');
    const on = await stage(() => pass, desk);
    const newer = { ...desk, nonce: 'newer', url: 'https://moved.example.org' };
    let isFirst = true;
    const store = storeWith(on.store, {
      transaction: async (work) => {
        if (isFirst) {
          isFirst = false;
          await on.put(newer, 1);
        }
        return on.store.transaction(work);
      },
    });
    on.start(undefined, undefined, store);
    await on.clock.settle();
    expect(on.sent.map(({ url, body }) => [url, body.nonce])).toEqual([[newer.url, 'newer']]);
    expect(await on.stateOf(desk)).toMatchObject({ phase: 'answered' });
  });

  it('leaves to themselves those who took it in, until their time is up', async () => {
    const desk = asked('desk');
    const on = await stage(() => ({ kind: 'pending' }), desk);
    on.start();
    await on.clock.settle();
    expect(await on.stateOf(desk)).toEqual({ phase: 'open', tries: 1, sendAt: null, trouble: null });
    const { transactions } = on.looked;
    await on.clock.advance(59 * secondMs);
    expect(on.sent).toHaveLength(1);
    expect(on.looked.transactions).toBe(transactions);
    await on.clock.advance(3 * secondMs);
    expect(on.sent).toHaveLength(1);
    const failed = await on.stateOf(desk);
    expect(failed).toMatchObject({ phase: 'failed', code: 'no-answer' });
    expect(failed?.phase === 'failed' ? failed.says : '').toMatch(/did not answer within 1 min\.$/u);
  });

  it('tries again every five seconds where nobody is there, and says what went wrong', async () => {
    const desk = asked('desk');
    const on = await stage(() => ({ kind: 'unreachable', says: 'is away' }), desk);
    on.start();
    await on.clock.settle();
    expect(await on.stateOf(desk)).toEqual({
      phase: 'open',
      tries: 1,
      sendAt: later(someMoment, 5 * secondMs),
      trouble: 'is away',
    });
    await on.clock.advance(4 * secondMs);
    expect(on.sent).toHaveLength(1);
    await on.clock.advance(2 * secondMs);
    expect(on.sent).toHaveLength(2);
    expect(await on.stateOf(desk)).toMatchObject({ tries: 2 });
    await on.clock.advance(60 * secondMs);
    const failed = await on.stateOf(desk);
    expect(failed?.phase === 'failed' ? failed.says : '').toMatch(/: it is away\.$/u);
  });

  it('takes what is no answer for the end, with its code', async () => {
    const desk = asked('desk');
    const on = await stage(() => ({ kind: 'unusable', code: 'hook-bad', says: 'said nothing' }), desk);
    on.start();
    await on.clock.settle();
    expect(await on.stateOf(desk)).toEqual({
      phase: 'failed',
      code: 'hook-bad',
      says: 'desk said nothing.',
      at: someMoment,
    });
  });

  it('takes an answer that comes at the end of the time for none', async () => {
    const desk = { ...asked('desk'), until: later(someMoment, 9 * secondMs) };
    const on = await stage(async () => {
      await new Promise<void>((done) => on.clock.after(9 * secondMs, done));
      return pass;
    }, desk);
    on.start();
    await on.clock.advance(9 * secondMs);
    expect(await on.stateOf(desk)).toMatchObject({ phase: 'failed', code: 'no-answer', at: desk.until });
  });

  it('drops the answer to a round that is over, or to one that ended meanwhile', async () => {
    const [desk, scan] = [asked('desk'), asked('scan')];
    const on = await stage(
      async () => {
        await new Promise<void>((done) => on.clock.after(secondMs, done));
        return pass;
      },
      desk,
      scan,
    );
    on.start();
    await on.clock.settle();
    expect(on.sent).toHaveLength(2);
    const answered = {
      phase: 'answered',
      answer: { verdict: 'fail', reason: '', url: '' },
      via: 'callback',
      at: someMoment,
    } as const;
    await on.put({ ...scan, state: answered }, 2);
    await on.put(
      { ...desk, nonce: 'another', state: { phase: 'open', tries: 0, sendAt: null, trouble: null } },
      2,
    );
    await on.clock.advance(secondMs);
    expect(await on.stateOf(scan)).toEqual(answered);
    expect(await on.stateOf(desk)).toMatchObject({ phase: 'open', tries: 0 });
  });

  it('sends one time what two replicas see, and again what one that was killed has sent', async () => {
    const desk = asked('desk');
    const never = () => new Promise<never>(() => undefined);
    const on = await stage(never, desk);
    on.start();
    on.start(() => pass);
    await on.clock.advance(14 * secondMs);
    expect(on.sent).toHaveLength(1);
    await on.clock.advance(3 * secondMs);
    expect(on.sent.length).toBeGreaterThan(1);
    expect(on.sent.map(({ body }) => body.nonce)).toEqual(on.sent.map(() => 'nonce'));
  });

  it('looks as soon as something is asked, without waiting', async () => {
    const on = await stage(() => pass);
    on.start();
    await on.clock.settle();
    await on.store.transaction(telling('gate.asked', asked('desk')));
    await on.clock.settle();
    expect(on.sent).toHaveLength(1);
  });

  it('looks at nothing every other second where nothing is asked, nor when something else is told', async () => {
    const desk = asked('desk');
    const on = await stage(() => pass, desk);
    on.start();
    await on.clock.advance(3 * secondMs);
    expect(await on.stateOf(desk)).toMatchObject({ phase: 'answered' });
    const { times } = on.looked;
    await on.clock.advance(6 * secondMs);
    await on.store.transaction(telling('gate.waived', asked('scan')));
    await on.clock.settle();
    expect(on.looked.times).toBe(times);
  });

  it('finds after a while what nobody told it of, and goes on past what does not work', async () => {
    const on = await stage(({ body }) => {
      if (body.gate === 'bad' && on.sent.length < 3) throw new Error('broken');
      return pass;
    });
    on.start();
    await on.clock.settle();
    const [bad, desk] = [asked('bad'), asked('desk')];
    await on.put(bad);
    await on.put(desk);
    await on.clock.advance(9 * secondMs);
    expect(on.sent).toEqual([]);
    await on.clock.advance(secondMs);
    expect(await on.stateOf(desk)).toMatchObject({ phase: 'answered' });
    expect(await on.stateOf(bad)).toMatchObject({ phase: 'open' });
    expect(on.warned).toHaveLength(1);
    expect(on.warned[0]).toContain('broken');
    await on.clock.advance(17 * secondMs);
    expect(await on.stateOf(bad)).toMatchObject({ phase: 'answered' });
  });

  it('sends nothing any more once it was stopped, and says nothing of what that ended', async () => {
    const desk = asked('desk');
    const on = await stage(() => pass, desk);
    const one = on.start(() => new Promise<never>(() => undefined));
    await on.clock.settle();
    await one.stop();
    await on.clock.advance(120 * secondMs);
    expect(on.sent).toHaveLength(1);
    expect(on.warned).toEqual([]);
    expect(on.clock.waiting()).toBe(0);
    await on.store.transaction(telling('gate.asked', asked('scan', on.clock.now())));
    await on.clock.settle();
    expect(on.sent).toHaveLength(1);
  });

  it('sends nothing where it is stopped before it has looked', async () => {
    const on = await stage(() => pass, asked('desk'));
    await on.start().stop();
    await on.clock.settle();
    expect(on.sent).toEqual([]);
  });

  it('has stopped once all that it sent has come to an end', async () => {
    const on = await stage(() => pass, asked('desk'));
    const ended = Promise.withResolvers<void>();
    const one = on.start(
      () => new Promise<never>(() => undefined),
      () => ended.promise,
    );
    await on.clock.settle();
    let hasStopped = false;
    const stopped = one.stop().then(() => (hasStopped = true));
    await on.clock.settle();
    expect(hasStopped).toBe(false);
    ended.resolve();
    await stopped;
  });

  it.each([
    ['sends at once what was put off by a clock that was set back by hours since', 5 * 3600, 1],
    ['leaves to another replica what it puts off, though its clock is minutes ahead', 5 * 60, 0],
  ])('%s', async (_, aheadSeconds, times) => {
    const at = later(someMoment, aheadSeconds * secondMs);
    const state = { phase: 'open', tries: 1, sendAt: at, trouble: null } as const;
    const on = await stage(() => pass, { ...asked('desk', at), state });
    on.start();
    await on.clock.settle();
    expect(on.sent).toHaveLength(times);
  });
});
