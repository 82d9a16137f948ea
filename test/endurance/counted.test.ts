import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectFile, projectFiles } from './project.ts';
import { Rung, until } from './rung.ts';

/** Without probes: every request is one of ours, so that they can be counted. */
const quietFile = projectFile().replace(/^ {4}probe:.*\n/mu, '');

describe('the requests of an environment are counted (REL-4)', () => {
  let rung: Rung;
  let url: string;
  let sent = 0;

  beforeAll(async () => {
    rung = await Rung.start({ files: { ...projectFiles(), 'rung.yaml': quietFile } });
    await rung.merge('feat: a service');
    await rung.runs('dev', '1.0.0');
    url = await rung.urlOf('dev');
  }, 180_000);
  afterAll(() => rung?.[Symbol.asyncDispose](), 60_000);

  const send = async (count: number): Promise<void> => {
    for (let index = 0; index < count; index += 1) {
      const answer = await fetch(url);
      expect(await answer.text()).toBe('1.0.0');
    }
    sent += count;
  };

  const killed = async (...programs: readonly string[]): Promise<void> => {
    const before = await rung.programs();
    for (const program of programs) process.kill(before[program] ?? 0, 'SIGKILL');
    await until(`others of ${programs.join(' and ')}`, async () => {
      const now = await rung.programs();
      return programs.every((program) => now[program] !== undefined && now[program] !== before[program]);
    });
  };

  /** Counts only rise: one that was doubled would never be this again. */
  const allAreKept = (): Promise<unknown> =>
    until(`${sent} requests`, async () => (await rung.environment('dev')).traffic?.requests === sent);

  it('and none is lost or counted twice when agent and control plane are killed again and again', async () => {
    await send(50);
    await killed('agent-dev');
    await allAreKept();
    await send(30);
    await killed('agent-dev', 'control-plane');
    await allAreKept();
    const sending = send(40);
    await killed('control-plane');
    await sending;
    await killed('agent-dev');
    await allAreKept();
    await killed('postgres', 'agent-dev', 'control-plane');
    await allAreKept();
  });

  it('and `rung status` shows the error ratio of the last day', async () => {
    const { output } = await rung.cli('status');
    expect(output).toContain(`0 % errors of ${sent} requests in 24 h`);
  });
});
