import { kill } from 'node:process';
import { answerOf, type RolloutView } from '../client/index.ts';
import type { Playing } from './chapters.ts';
import { askForProd, climbToStaging, prodReaches } from './climb.ts';
import type { Shoppers } from './shoppers.ts';
import { holds, type Stage } from './stage.ts';

export async function programsDie(playing: Playing): Promise<void> {
  const { stage } = playing;
  const { teller } = stage;
  teller.chapter('5  Programs die in the middle of it');
  await climbToStaging(stage, '1.3.0');
  await askForProd(stage, '1.3.0');
  await teller.step('1.3.0 mends it, and takes 10 % of the real traffic', () => prodReaches(stage, 'canary'));
  playing.shoppers['orders']?.take();
  await teller.step("prod's agent is killed (SIGKILL) and comes back within its lease", () =>
    agentDies(stage),
  );
  await teller.step('The control plane is killed (SIGKILL) and comes back', () =>
    killAndWait(stage, 'control-plane'),
  );
  await teller.step('Requests went on being served, and the rollout goes on', async () => {
    const seen = playing.shoppers['orders']?.take();
    const good = Object.values(seen?.answers ?? {}).reduce((sum, one) => sum + one.good, 0);
    const bad = Object.values(seen?.answers ?? {}).reduce((sum, one) => sum + one.bad, 0) + (seen?.lost ?? 0);
    holds(good > 0 && bad === 0, `Clients saw ${bad} failures among ${good} answers.`);
    const rollout = await stage.until('the rollout', () => stage.liveRollout('prod'));
    holds(['canary', 'promoting'].includes(rollout.state.phase), `The rollout is ${rollout.state.phase}.`);
  });
  const held = await teller.step(
    "prod's agent is stopped (SIGSTOP) past its lease: 100 % stable, held(judge lost)",
    () => agentStops(playing),
  );
  await teller.step('Let go on, it does not act on what it thought', () => letGoOn(playing, held));
  await teller.step('Cy resumes it: it climbs again from the start of its step', () =>
    resume(stage, held.id),
  );
  await teller.step('The rollout ends well: prod runs 1.3.0', () =>
    stage.until(
      '1.3.0 in prod',
      async () => (await stage.runs('prod')) === '1.3.0',
      stage.props.patienceMs ?? 60_000,
    ),
  );
}

const agentProgram = 'agent-prod';

function pidOf(stage: Stage, program: string): number {
  const pid = stage.props.pidOf(program);
  holds(pid !== null, `${program} does not run.`);
  return pid;
}

async function agentDies(stage: Stage): Promise<void> {
  const before = await stage.until('the canary', () => stage.liveRollout('prod'));
  await killAndWait(stage, agentProgram);
  await stage.until('evidence of the new agent', async () => {
    const after = await stage.liveRollout('prod');
    if (after === null) return null;
    holds(after.state.phase !== 'held', 'The rollout was held although the agent came back.');
    return requestsOf(after) > requestsOf(before) || after.state.phase !== before.state.phase;
  });
}

const requestsOf = (rollout: RolloutView): number =>
  Object.values(rollout.figures).reduce((sum, one) => sum + one.candidate.requests, 0);

async function killAndWait(stage: Stage, program: string): Promise<void> {
  const pid = pidOf(stage, program);
  kill(pid, 'SIGKILL');
  await stage.until(`${program} again`, async () => {
    const now = stage.props.pidOf(program);
    return now !== null && now !== pid && (await stage.board()) !== null;
  });
}

async function agentStops({ stage, shoppers }: Playing): Promise<RolloutView> {
  kill(pidOf(stage, agentProgram), 'SIGSTOP');
  await stableServesAll(shoppers['orders']);
  return stage.until('held(judge lost)', async () => {
    const rollout = await stage.liveRollout('prod');
    return rollout?.state.phase === 'held' && rollout.state.reason.kind === 'judge lost' ? rollout : null;
  });
}

/** As clients see it: hundreds of answers in a row, all of the stable version. */
async function stableServesAll(orders: Shoppers | undefined): Promise<void> {
  holds(orders !== undefined, 'Nobody shops.');
  for (;;) {
    orders.take();
    await orders.afterAnswers(200);
    if (orders.take().answers['1.3.0'] === undefined) return;
  }
}

/** A while of real traffic after it goes on: all of it is answered by the stable version. */
async function letGoOn({ stage, shoppers }: Playing, held: RolloutView): Promise<void> {
  const { orders } = shoppers;
  holds(orders !== undefined, 'Nobody shops.');
  orders.take();
  kill(pidOf(stage, agentProgram), 'SIGCONT');
  await orders.afterAnswers(200);
  const seen = orders.take();
  holds((seen.answers['1.3.0'] ?? { good: 0 }).good === 0, 'The stopped agent put traffic on 1.3.0 again.');
  const now = await stage.rollout(held.id);
  holds(now.state.phase === 'held' && now.state.percent === 0, `The rollout is ${now.state.phase}.`);
}

async function resume(stage: Stage, id: string): Promise<void> {
  const params = { path: { project: stage.props.project, id } };
  await stage.until('somebody who judges', async () =>
    (await stage.rollout(id)).resume?.off === null ? true : null,
  );
  await answerOf(
    stage.as('cy').POST('/api/v1/projects/{project}/rollouts/{id}/resume', {
      params,
      body: { note: 'the agent is back' },
    }),
  );
  await prodReaches(stage, 'canary', 'promoting', 'watching');
}
