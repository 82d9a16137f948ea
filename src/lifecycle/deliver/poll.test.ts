import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { Environment } from '../../domain/environment.ts';
import { type AgentId, type EnvironmentId, instant } from '../../domain/ids.ts';
import type { PollRequest, PollResponse } from '../../protocol/messages.ts';
import { protocolVersion } from '../../protocol/version.ts';
import { anEvent } from '../../../test/kit/audit.ts';
import { aProjectWith, environmentNamed } from '../kept.kit.ts';
import { createAgentFace } from './agent-side.ts';
import { untilTurnMs } from './poll.ts';
import { inCanary } from './rollout.kit.ts';

const key = { signing: 'its key', sealing: '', addedAt: instant(0), revokedAt: null };
const dev = environmentNamed('dev');
const test = environmentNamed('test');
const gone = environmentNamed('gone', { retiredAt: instant(1) });
const { agent } = dev;

/** An agent of these environments; dev has a rollout of which nine samples came. */
async function polling(environments: readonly Environment[] = [dev, test, gone]) {
  const kept = await aProjectWith(environments);
  const { project, put, store } = kept;
  const ids = [...environments.map(({ id }) => id), 'never there' as EnvironmentId];
  await put('agent', agent, {
    id: agent,
    project,
    environments: ids,
    keys: [key],
    lastHeardAt: null,
    boot: null,
  });
  await put('rollout', inCanary.id, { ...inCanary, environment: dev.id, lastSample: 9 });
  const face = createAgentFace(kept.parts, project);
  const poll = (request: Partial<PollRequest>, signal: AbortSignal = new AbortController().signal) =>
    face.poll(
      { agent, project, environments: ids, key: key.signing },
      { protocol: protocolVersion, cursor: null, head: 0, ...request },
      signal,
    );
  return {
    ...kept,
    face,
    poll,
    /** One that is held, and what it was answered. */
    held: (request: Partial<PollRequest>) => {
      const ending = new AbortController();
      const answers: PollResponse[] = [];
      void poll(request, ending.signal).then((answer) => answers.push(answer));
      return {
        answers,
        end: () => ending.abort(),
        listeners: () => getEventListeners(ending.signal, 'abort').length,
      };
    },
    change: async (environment: EnvironmentId) => {
      await store.transaction((tx) =>
        tx.append([anEvent('x', { project, kind: 'desired.changed', environment })]),
      );
      await store.chain(project);
    },
    sign: async () => {
      const { position, link } = await store.head(project);
      const checkpoint = { position, link, at: instant(1), signature: 'signed', countersignatures: [] };
      await store.addCheckpoint(project, checkpoint);
    },
  };
}
const names = (answer: PollResponse | undefined) => answer?.environments.map(({ name }) => name);

describe('a poll', () => {
  it('is answered in full at once where the agent stands nowhere', async () => {
    const { poll } = await polling();
    const answer = await poll({});
    expect(answer).toMatchObject({
      protocol: protocolVersion,
      full: true,
      audit: { links: [], checkpoint: null },
    });
    expect(names(answer)).toEqual(['dev', 'test']);
    expect(answer.environments.map(({ rollout }) => rollout)).toMatchObject([
      { id: inCanary.id, lastSample: 9 },
      null,
    ]);
  });

  it('is answered so also by very many environments', async () => {
    const many = Array.from({ length: 25 }, (_, index) => environmentNamed(`env-${index}`));
    const { poll } = await polling([...many, gone]);
    expect(names(await poll({}))).toEqual(many.map(({ name }) => name));
  });

  it('is held until something is asked of one of its environments, and told of that one', async () => {
    const { poll, held, change, clock } = await polling();
    const { cursor } = await poll({});
    const { answers } = held({ cursor });
    await clock.advance(120_000);
    await change('another’s' as EnvironmentId);
    await clock.settle();
    expect(answers).toEqual([]);
    await change(test.id);
    await clock.settle();
    expect(answers).toMatchObject([{ full: false }]);
    expect(names(answers[0])).toEqual(['test']);
    expect(answers[0]?.cursor).not.toBe(cursor);
  });

  it('is answered with nothing when it is ended, from where the next goes on', async () => {
    const { poll, held, clock, change } = await polling();
    const { cursor } = await poll({});
    const { answers, end } = held({ cursor });
    await clock.settle();
    end();
    await clock.settle();
    expect(answers).toMatchObject([{ cursor, full: false, environments: [], audit: { checkpoint: null } }]);
    expect(await poll({ cursor }, AbortSignal.abort())).toMatchObject({ cursor, environments: [] });
    await change(dev.id);
    expect(names(await poll({ cursor: answers[0]?.cursor ?? null }))).toEqual(['dev']);
  });

  it('is answered with a checkpoint that the agent has not seen, and is held by one that it has', async () => {
    const { poll, held, clock, change, sign } = await polling();
    await change(test.id);
    const { cursor } = await poll({});
    const { answers } = held({ cursor });
    await sign();
    await clock.settle();
    expect(answers).toMatchObject([
      { environments: [], audit: { checkpoint: { position: 1, signature: 'signed' } } },
    ]);
    const { answers: none } = held({ cursor, head: 1 });
    await clock.advance(30_000);
    expect(none).toEqual([]);
  });

  it('listens to its caller once, and leaves nothing there when it is answered', async () => {
    const { held, poll, change, clock } = await polling();
    const { cursor } = await poll({});
    const { answers, listeners } = held({ cursor });
    for (let turn = 0; turn < 3; turn += 1) {
      await change('another’s' as EnvironmentId);
      await clock.settle();
    }
    expect([answers.length, listeners()]).toEqual([0, 1]);
    await change(dev.id);
    await clock.settle();
    expect([answers.length, listeners()]).toEqual([1, 0]);
  });

  it('is one more that listens, and that its agent is heard by, for as long as it is held', async () => {
    const { held, poll, clock, parts } = await polling();
    const { cursor } = await poll({});
    const { end } = held({ cursor });
    await clock.advance(90_000);
    expect(parts.agents.heardAt(agent)).toBe(clock.now());
    end();
    await clock.settle();
    await clock.advance(90_000);
    expect(parts.agents.heardAt(agent)).toBe(clock.now() - 90_000);
    expect(clock.waiting()).toBe(0);
  });
});

it('is over whenever its agent goes away, whatever was being looked at just then', async () => {
  const { held, poll, clock } = await polling();
  const { cursor } = await poll({});
  for (let turns = 0; turns < 100; turns += 1) {
    const { answers, end } = held({ cursor });
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
    end();
    await clock.settle();
    expect(answers, `after ${turns} turns`).toHaveLength(1);
  }
});

describe('the turn of an agent, of which there are very many', () => {
  it.each([
    [1, 1, 345],
    [50, 1, 345],
    [51, 2, 0],
    [120, 3, 1_234],
    [1_000, 20, 98_999],
  ])(
    'begins to the millisecond, once in a round: of %i agents, with %i turns, at %i ms',
    (many, turns, now) => {
      const begins = Array.from({ length: many }, (_, index) => {
        const agent = `agent ${index}` as AgentId;
        const untilMs = untilTurnMs(agent, many, now);
        expect(untilTurnMs(agent, many, now + untilMs)).toBe(0);
        if (untilMs > 0) expect(untilTurnMs(agent, many, now + untilMs - 1)).toBe(1);
        return Math.floor((now + untilMs) / 1_000);
      });
      const began = Math.floor(now / 1_000);
      const all = Array.from({ length: turns }, (_, turn) => began + turn);
      expect([...new Set(begins)].toSorted((left, right) => left - right)).toEqual(all);
    },
  );
});

describe('polls of very many agents', () => {
  it('are ended by a checkpoint one group after the other, each once, or with it when they end by themselves', async () => {
    const { face, put, poll, project, clock, change, sign } = await polling();
    await change(test.id);
    const { cursor } = await poll({});
    const agents = Array.from({ length: 120 }, (_, index) => `agent ${index}` as AgentId);
    const answeredAt: number[] = [];
    const answers = new Map<AgentId | undefined, PollResponse>();
    const endings: AbortController[] = [];
    for (const id of agents) {
      await put('agent', id, {
        id,
        project,
        environments: [dev.id],
        keys: [key],
        lastHeardAt: null,
        boot: null,
      });
      const caller = { agent: id, project, environments: [dev.id], key: key.signing };
      const ending = new AbortController();
      endings.push(ending);
      const ask = async () => {
        answers.set(
          id,
          await face.poll(caller, { protocol: protocolVersion, cursor, head: 0 }, ending.signal),
        );
        answeredAt.push(clock.monotonicMs());
      };
      void ask();
    }
    await clock.settle();
    expect(answeredAt).toEqual([]);
    const began = clock.monotonicMs();
    await sign();
    await clock.settle();
    const left = agents.length - answers.size;
    const ended = agents.findIndex(
      (id) => !answers.has(id) && untilTurnMs(id, left, clock.monotonicMs()) > 0,
    );
    endings[ended]?.abort();
    await clock.settle();
    expect(answers.get(agents[ended])?.audit.checkpoint).toMatchObject({ position: 1 });
    await clock.advance(5_000);
    expect(answeredAt).toHaveLength(agents.length);
    const groups = Map.groupBy(answeredAt, (at) => Math.ceil((at - began) / 1_000));
    expect(groups.size).toBeGreaterThan(2);
    for (const group of groups.values()) expect(group.length).toBeLessThan(80);
  });
});
