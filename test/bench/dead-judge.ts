import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { systemClock } from '../../src/engine/clock.ts';
import { gatewayClient } from '../../src/providers/gateway/client.ts';
import { gatewayFiles } from '../../src/protocol/gateway.ts';
import { habit, projectFile, projectFiles } from '../endurance/project.ts';
import { Rung, until } from '../endurance/rung.ts';
import { median, row, sized, subject } from './row.ts';

const leaseMs = 2000;
const kills = sized(10, 2);
const agent = 'agent-prod';
/** The last renewal may have been just before the kill; the rest is what a busy machine may add. */
const reachMs = leaseMs + 500;
const rollout = `      rollout:
        canary: [{ percent: 50, for: 10m }, { percent: 100 }]
        watch: 3s
        rollback: [{ errors: "> 5%", for: 2s }, { health: failing }]
        lease: ${leaseMs / 1000}s
`;

/** Real clients on lanes of their own: when the last request was sent that the new version answered. */
class Lanes implements Disposable {
  lastOfNewMs = 0;
  inARow = 0;
  lost = 0;
  #isOver = false;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #url: string;

  constructor(url: string, lanes: number) {
    this.#url = url;
    for (let lane = 0; lane < lanes; lane += 1) this.#ask();
  }

  #ask(): void {
    if (this.#isOver) return;
    const sentMs = systemClock.monotonicMs();
    const next = (): void => void systemClock.after(2, () => this.#ask());
    get(this.#url, { agent: this.#agent }, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      answer.on('end', () => {
        this.inARow = text === '1.1.0' ? 0 : this.inARow + 1;
        if (text === '1.1.0') this.lastOfNewMs = Math.max(this.lastOfNewMs, sentMs);
        next();
      });
    }).on('error', () => {
      this.lost += 1;
      next();
    });
  }

  [Symbol.dispose](): void {
    this.#isOver = true;
    this.#agent.destroy();
  }
}

await using rung = await Rung.start({
  files: { ...projectFiles(), 'rung.yaml': projectFile(rollout, 'manual') },
});
await rung.merge('feat: a service');
await rung.runs('dev', '1.0.0');
await rung.cli('promote', '1.0.0', '--to', 'prod');
await rung.runs('prod', '1.0.0');
using lanes = new Lanes(await rung.urlOf('prod'), 4);
await rung.write({ 'web/habit.json': habit('1.1.0') });
await rung.merge('feat: another');
await rung.runs('dev', '1.1.0');
await rung.cli('promote', '1.1.0', '--to', 'prod');
const gateway = gatewayClient(join(rung.data, 'environments', 'prod', gatewayFiles.socket));

async function leftMs(): Promise<number> {
  const { weight } = await gateway.state(new AbortController().signal);
  return weight?.lease.state === 'held' && weight.effectivePercent > 0 ? weight.lease.leftMs : 0;
}

const inCanary = (): Promise<boolean> =>
  until('a canary under a lease', async () => {
    const held = (await rung.board()).rollouts.some(({ state }) => state.phase === 'held');
    if (held) await rung.cli('resume', 'prod', '--note', 'the judge is back');
    return !held && lanes.inARow < 20 && (await leftMs()) > 0;
  });

async function pidOf(program: string): Promise<number> {
  return until(`${program} to run`, async () => (await rung.programs())[program]);
}

/** From the death to the last request that was sent and answered by the new version. */
async function toStable(die: () => Promise<() => void>): Promise<number> {
  await inCanary();
  const diedMs = systemClock.monotonicMs();
  const goOn = await die();
  await until('the stable version alone', async () => lanes.inARow > 300);
  goOn();
  return (lanes.lastOfNewMs - diedMs) / 1000;
}

async function measured(what: string, die: () => Promise<() => void>): Promise<void> {
  const seconds: number[] = [];
  for (let time = 0; time < kills; time += 1) seconds.push(await toStable(die));
  const worst = Math.max(...seconds);
  row({
    what,
    figure: worst,
    unit: 's',
    beside: { what: 'the lease', figure: leaseMs / 1000 },
    reach: { text: `≤ ${reachMs / 1000} s`, holds: worst * 1000 <= reachMs },
    note: `worst of ${kills}; half of them within ${median(seconds).toFixed(2)} s`,
  });
}

/** Until a new agent renews what the dead one held. */
async function toNextJudge(): Promise<number> {
  await inCanary();
  const pid = await pidOf(agent);
  let before = await leftMs();
  process.kill(pid, 'SIGKILL');
  const diedMs = systemClock.monotonicMs();
  await until('another judge', async () => {
    const now = await leftMs();
    const isRenewed = now > before + 50;
    before = now;
    return isRenewed || now === 0;
  });
  return (systemClock.monotonicMs() - diedMs) / 1000;
}

subject({
  title: 'A dead judge',
  about: `How long a canary of 50 % under a lease of ${leaseMs / 1000} s goes on when the agent that judges it is dead, as clients in prod see it: until the last request that was sent and answered by the new version.`,
});
await measured('agent killed (SIGKILL), and nobody starts it again: to 100 % stable', async () => {
  const supervisor = rung.ups.at(-1)?.process;
  supervisor?.kill('SIGSTOP');
  process.kill(await pidOf(agent), 'SIGKILL');
  return () => void supervisor?.kill('SIGCONT');
});
await measured('agent stands still (SIGSTOP): to 100 % stable', async () => {
  const pid = await pidOf(agent);
  process.kill(pid, 'SIGSTOP');
  return () => void process.kill(pid, 'SIGCONT');
});
const gaps: number[] = [];
for (let time = 0; time < kills; time += 1) gaps.push(await toNextJudge());
row({
  what: 'agent killed, and started again: to the next judge, or to 100 % stable',
  figure: Math.max(...gaps),
  unit: 's',
  beside: { what: 'the lease', figure: leaseMs / 1000 },
  note: `worst of ${kills}; half of them within ${median(gaps).toFixed(2)} s`,
});
row({
  what: 'requests lost meanwhile',
  figure: lanes.lost,
  unit: 'requests',
  reach: { text: '0', holds: lanes.lost === 0 },
});
