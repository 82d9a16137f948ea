import { describe, expect, it } from 'vitest';
import type { News, PromotionView, RolloutView, RungClient } from '../../src/cli/rung-client.ts';
import { Failure } from '../../src/domain/failure.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { before, event, promotion, rollout, second } from './sample.ts';
import { sampleClient } from './sample-client.ts';
import { typed } from './terminal.ts';

const running = promotion({
  state: { phase: 'running', rollout: rollout().id, since: before(12 * second) },
});
const started: News = { kind: 'event', event: event(42, { kind: 'promotion.started', message: 'It began' }) };
const figures = (view: RolloutView = rollout()): News => ({ kind: 'figures', rollout: view });

/** A promotion that runs, and ends with the last of the news. */
function watched(end: PromotionView, news: readonly News[]): RungClient {
  const ends = event(43, { kind: 'promotion.succeeded', message: 'It ended' });
  let ended = false;
  return sampleClient({
    promotions: async () => ({ items: [running], next: null }),
    promotion: async () => (ended ? end : running),
    follow: async function* () {
      yield* news;
      ended = true;
      yield { kind: 'event', event: ends };
    },
  });
}

const done = promotion({ state: { phase: 'succeeded', rollout: rollout().id, at: before(0) } });
const takenBack = promotion({
  state: { phase: 'rolled back', rollout: rollout().id, reason: '15 % errors', at: before(0) },
});

describe('watching a rollout', () => {
  it('prints lines to a pipe and exits with 0 when it went through (OPS-9)', async () => {
    const { exitCode, stdout } = await typed(['watch', 'prod'], {
      client: watched(done, [started, figures()]),
    });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('It began');
    expect(stdout).toContain('◉ 1.2.0: canary at 10 %; orders 15.0 % errors (stable 0.1 %)');
    expect(stdout).not.toContain('\u001B[');
  });

  it('exits with another code when it was taken back, and says why (REL-9)', async () => {
    const { exitCode, stderr } = await typed(['watch', 'prod'], { client: watched(takenBack, []) });
    expect(exitCode).toBe(13);
    expect(stderr).toContain('1.2.0 to prod ended as rolled back: 15 % errors');
  });

  it('says nothing twice while nothing changes', async () => {
    const many = Array.from({ length: 30 }, () => figures());
    const { stdout } = await typed(['watch', 'prod'], { client: watched(done, many) });
    expect(stdout.match(/canary at 10 %/gu)).toHaveLength(1);
  });

  it('draws in place on a terminal, and gives the cursor back', async () => {
    const client = watched(done, [figures(), figures()]);
    const { stdout } = await typed(['watch', 'prod'], { client, tty: true });
    expect(stdout).toContain('\u001B[?25l');
    expect(stdout).toMatch(/\u001B\[\d+A\r\u001B\[0J/u); // oxlint-disable-line no-control-regex
    expect(stdout.trimEnd().endsWith('\u001B[?25h')).toBe(true);
  });

  it('prints JSON Lines for programs', async () => {
    const { stdout } = await typed(['watch', 'prod', '--json'], { client: watched(done, [started]) });
    const kinds = stdout
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { kind: string }).kind);
    expect(kinds).toEqual(['figures', 'event', 'figures', 'event', 'figures']);
  });

  it('says that the rollout goes on when somebody stops watching', async () => {
    const stop = new AbortController();
    const client = sampleClient({
      promotions: async () => ({ items: [running], next: null }),
      follow: async function* () {
        yield started;
        stop.abort();
      },
      promotion: async () => running,
    });
    const { exitCode, stderr } = await typed(['watch'], { client, signal: stop.signal });
    expect(exitCode).toBe(16);
    expect(stderr).toContain('Stopped watching; the rollout itself goes on.');
  });

  it('begins to follow before it asks, so that nothing that happens is missed', async () => {
    const client = sampleClient({ promote: async () => done });
    await typed(['promote', '1.2.0', '--to', 'prod', '--watch'], { client });
    expect(client.asked.map(([verb]) => verb)).toEqual(['log', 'promote', 'rollout']);
  });

  it('goes on where the control plane is away just when the news came', async () => {
    const away = new Failure('unavailable', 'rung-unreachable', 'Rung does not answer.');
    const watching = watched(done, [started]);
    let reads = 0;
    const client = sampleClient({
      ...watching,
      promotion: async (id) => {
        reads += 1;
        if (reads <= 2) throw away;
        return watching.promotion(id);
      },
    });
    const waited: number[] = [];
    const sleep = async (ms: number): Promise<void> => void waited.push(ms);
    const { exitCode, stderr } = await typed(['watch', 'prod'], { client, clock: { ...systemClock, sleep } });
    expect([exitCode, waited]).toEqual([0, [250, 500]]);
    expect(stderr).toContain('Rung does not answer.');
  });

  it('gives up what trying again cannot help', async () => {
    const signedOut = new Failure('denied', 'signed-out', 'You are not signed in.');
    const client = sampleClient({
      ...watched(done, [started]),
      promotion: async () => Promise.reject(signedOut),
    });
    const { stderr } = await typed(['watch', 'prod'], { client });
    expect(stderr).toContain('You are not signed in.');
  });
});
