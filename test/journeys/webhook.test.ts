import type { QuestionsQuery } from '../../src/lifecycle/question-face.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { generateSigningKey } from '../../src/domain/keys.ts';
import { silentLog } from '../../src/domain/log.ts';
import { startQuestioner } from '../../src/lifecycle/promote/questioner.ts';
import type { HookBody, HookReply } from '../../src/ports/gate-hook.ts';
import { simulateAgent } from '../kit/made-up-traffic.ts';
import { openPlane } from '../kit/plane.ts';
import { minuteMs, runs } from './ladder.kit.ts';

const secondMs = 1000;

const hookedYaml = `
rung: 1
project: access
roles:
  engineering-lead: { members: [ada@example.org], contact: "#leads" }
services:
  web: { path: web, run: [node, server.js], health: /healthz }
environments:
  dev: { tier: development, source: develop, deploy: on-merge }
  sit: { tier: staging }
pipelines:
  main:
    - environment: dev
    - environment: sit
      gates: [{ webhook: { name: licences, url: "https://checks.example.org/licences" } }]
      waive: [engineering-lead]
`;

const key = generateSigningKey();
const yes = { kind: 'answer', verdict: 'pass', reason: 'nothing new', url: '' } as const;

/** A ladder whose gate is a program that does what it is told to, asked by so many replicas of the control plane. */
async function hooked(play: (body: HookBody) => HookReply | Promise<HookReply>, replicas = 1) {
  const plane = await openPlane(hookedYaml);
  Object.assign(plane.parts, { publicKey: key.publicKey });
  simulateAgent(plane, 'dev');
  simulateAgent(plane, 'sit');
  const asked: HookBody[] = [];
  const begin = (hook = play) =>
    startQuestioner({
      store: plane.parts.store,
      clock: plane.clock,
      log: silentLog,
      hook: {
        ask: ({ body }, signal) => {
          asked.push(body);
          const stopped = new Promise<never>((_, reject) => {
            signal.addEventListener('abort', () => reject(new Error('stopped')));
          });
          return Promise.race([hook(body), stopped]);
        },
      },
      privateKey: key.privateKey,
      origin: () => 'http://127.0.0.1:1',
    });
  const running = Array.from({ length: replicas }, () => begin());
  afterAll(() => Promise.all(running.map((one) => one.stop())));
  const version = await plane.release('feat: begin', { web: 'web 1' });
  await plane.clock.advance(minuteMs);
  const ada = plane.as('ada@example.org');
  return {
    ...plane,
    asked,
    version,
    begin,
    kill: () => Promise.all(running.map((one) => one.stop())),
    promote: async () => {
      await plane.control.requestPromotion(plane.project, { release: version, to: 'sit' }, ada);
      await plane.clock.settle();
    },
    gate: async () => {
      const { admission } = await plane.control.why(plane.project, version, 'sit', ada);
      const [blocker] = admission.blockers;
      return { ...admission.gates[0], wayOut: blocker?.wayOut };
    },
    again: () => plane.control.askGate(plane.project, { release: version, to: 'sit', gate: 'licences' }, ada),
    answer: (token: string, verdict: 'pass' | 'fail', body = asked.at(-1)) =>
      plane.control.answerQuestion(plane.project, body?.question ?? '', {
        token,
        verdict,
        reason: '',
        url: '',
      }),
  };
}

describe('a webhook that is asked', () => {
  it('opens the gate for the promotion that waits for it, and is asked once', async () => {
    const plane = await hooked(() => yes);
    expect(await plane.gate()).toMatchObject({ state: 'missing' });
    expect(plane.asked).toEqual([]);
    await plane.promote();
    await plane.clock.advance(minuteMs);
    expect(await runs(plane, 'sit')).toBe(plane.version);
    expect(plane.asked).toHaveLength(1);
    expect(plane.asked[0]).toMatchObject({
      gate: 'licences',
      environment: 'sit',
      release: { version: plane.version },
    });
  });

  it('is shown in a list with what was asked and what was said', async () => {
    const plane = await hooked(() => ({ ...yes, verdict: 'fail', reason: 'GPL in web' }));
    const questions = (query: QuestionsQuery) => plane.control.questions(plane.project, query);
    expect((await questions({})).items).toEqual([]);
    await plane.promote();
    await plane.clock.advance(minuteMs);
    expect((await questions({ state: 'open' })).items).toEqual([]);
    expect((await questions({ release: plane.version })).items).toMatchObject([
      {
        gate: 'licences',
        environment: 'sit',
        state: 'answered',
        says: 'licences says no: GPL in web.',
        askedBy: { id: 'ada@example.org' },
      },
    ]);
  });

  it('keeps the gate closed with its reason when it says no', async () => {
    const plane = await hooked(() => ({ ...yes, verdict: 'fail', reason: 'GPL in web' }));
    await plane.promote();
    await plane.clock.advance(minuteMs);
    expect(await plane.gate()).toMatchObject({ state: 'failed', says: 'licences says no: GPL in web.' });
    expect(await runs(plane, 'sit')).toBeUndefined();
  });

  it('may answer later, once: a second answer is told so, and a token of another question is none', async () => {
    const plane = await hooked(() => ({ kind: 'pending' }));
    await plane.promote();
    expect(await plane.gate()).toMatchObject({ state: 'waits' });
    const token = plane.asked[0]?.callback.token ?? '';
    await expect(plane.answer('x'.repeat(86), 'pass')).rejects.toMatchObject({ code: 'callback-refused' });
    await plane.answer(token, 'pass');
    await expect(plane.answer(token, 'fail')).rejects.toMatchObject({ code: 'question-answered' });
    await plane.clock.advance(minuteMs);
    expect(await runs(plane, 'sit')).toBe(plane.version);
    expect(plane.asked).toHaveLength(1);
  });

  it('fails once its time is up, says what was wrong, and can be asked again', async () => {
    let reply: HookReply = { kind: 'unreachable', says: 'could not be reached: nobody listens there' };
    const plane = await hooked(() => reply);
    await plane.promote();
    await plane.clock.advance(12 * secondMs);
    expect(await plane.gate()).toMatchObject({ state: 'waits' });
    await expect(plane.again()).rejects.toMatchObject({ code: 'question-open' });
    await plane.clock.advance(30 * secondMs);
    expect(await plane.gate()).toMatchObject({
      state: 'failed',
      says: 'licences did not answer within 30 s: it could not be reached: nobody listens there.',
    });
    expect((await plane.gate()).wayOut).toContain(`rung gate ask licences ${plane.version} --to sit`);
    const late = plane.asked[0]?.callback.token ?? '';
    await expect(plane.answer(late, 'pass')).rejects.toMatchObject({ code: 'question-closed' });
    expect(new Set(plane.asked.map(({ nonce }) => nonce)).size).toBe(1);
    reply = yes;
    await plane.again();
    await expect(plane.answer(late, 'pass')).rejects.toMatchObject({ code: 'callback-refused' });
    await plane.clock.advance(minuteMs);
    expect(await runs(plane, 'sit')).toBe(plane.version);
    expect(new Set(plane.asked.map(({ nonce }) => nonce)).size).toBe(2);
  });

  it('fails at once, by name, when what it replies is no answer', async () => {
    const plane = await hooked(() => ({
      kind: 'unusable',
      code: 'reply-redirect',
      says: 'replied with a redirect (307), which is not followed',
    }));
    await plane.promote();
    await plane.clock.settle();
    expect(await plane.gate()).toMatchObject({
      state: 'failed',
      says: 'licences replied with a redirect (307), which is not followed.',
    });
    expect(plane.asked).toHaveLength(1);
  });

  it('is asked by one of several replicas', async () => {
    const plane = await hooked(() => yes, 3);
    await plane.promote();
    await plane.clock.advance(minuteMs);
    expect(plane.asked).toHaveLength(1);
    expect(await runs(plane, 'sit')).toBe(plane.version);
  });

  it('is asked again with the same nonce when the one that asked was killed on the way', async () => {
    const plane = await hooked(() => new Promise<HookReply>(() => {}));
    await plane.promote();
    await plane.kill();
    const successor = plane.begin(() => yes);
    afterAll(() => successor.stop());
    await plane.clock.advance(minuteMs);
    expect(plane.asked.length).toBe(2);
    expect(plane.asked[0]?.nonce).toBe(plane.asked[1]?.nonce);
    expect(plane.asked[0]?.callback).toEqual(plane.asked[1]?.callback);
    expect(await runs(plane, 'sit')).toBe(plane.version);
  });

  it('leaves in the log who asked and what was answered, without the token', async () => {
    const plane = await hooked(() => yes);
    await plane.promote();
    await plane.clock.advance(minuteMs);
    await plane.chainNow();
    const events = await plane.parts.store.events(plane.project, 0, 200, {
      kinds: ['gate.asked', 'gate.answered'],
    });
    expect(events.map(({ message }) => message)).toEqual([
      `ada@example.org asks licences about ${plane.version} for sit`,
      `licences says yes to ${plane.version} for sit`,
    ]);
    expect(JSON.stringify(events)).not.toContain(plane.asked[0]?.callback.token);
  });
});
