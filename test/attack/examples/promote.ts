import { as, type Scene } from '../scene.ts';
import { ada, bo } from '../world.ts';
import { type Example, minuteMs } from './sample.ts';

const reason = { reason: 'because' };
const held = async (world: Scene): Promise<void> => {
  await world.control.pause(world.project, world.live, { note: 'a look' }, as(ada));
};

/** Promotions, rollouts and environments. */
export const promoteExamples: Readonly<Record<string, Example>> = {
  requestPromotion: async ({ control, project, wanted, waiting }) => {
    await control.withdraw(project, waiting.id, as(bo));
    return { path: '/promotions', body: { release: wanted, to: 'prod' } };
  },
  approvePromotion: ({ waiting: { id, plan } }) => ({
    path: `/promotions/${id}/approve`,
    body: { planHash: plan.hash },
  }),
  rejectPromotion: ({ waiting: { id } }) => ({ path: `/promotions/${id}/reject`, body: reason }),
  withdrawPromotion: ({ waiting: { id } }) => ({ path: `/promotions/${id}/withdraw` }),
  remindApprovers: ({ waiting: { id } }) => ({ path: `/promotions/${id}/remind` }),
  delegate: ({ clock }) => ({
    path: '/delegations',
    body: { to: bo, until: clock.now() + 60 * minuteMs, ...reason },
  }),
  revokeDelegation: async ({ control, project, clock }) => {
    const until = clock.now() + 60 * minuteMs;
    const ask = { to: bo, until: until as never, ...reason };
    const { id } = await control.delegate(project, ask, as(ada));
    return { path: `/delegations/${id}/revoke`, body: reason };
  },
  rollBack: () => ({ path: '/environments/prod/rollback', body: reason }),
  validateEnvironment: () => ({ path: '/environments/dev/validation', body: {} }),
  pauseRollout: ({ live }) => ({ path: `/rollouts/${live}/pause`, body: { note: '' } }),
  resumeRollout: async (world) => {
    await held(world);
    return { path: `/rollouts/${world.live}/resume`, body: { note: '' } };
  },
  advanceRollout: async (world) => {
    await held(world);
    return { path: `/rollouts/${world.live}/advance`, body: reason };
  },
  abortRollout: ({ live }) => ({ path: `/rollouts/${live}/abort`, body: reason }),
  liftMark: async (world) => {
    const { promotion } = await world.control.rollout(world.project, world.live);
    const { release } = await world.control.promotion(world.project, promotion);
    await world.control.abort(world.project, world.live, reason, as(ada));
    await world.isBack();
    return { path: `/releases/${release.version}/lift-mark`, body: reason };
  },
  makeException: ({ clock }) => ({
    path: '/environments/prod/exceptions',
    body: { to: clock.now() + 60 * minuteMs, ...reason },
  }),
  revokeException: async ({ control, project, clock }) => {
    const to = (clock.now() + 60 * minuteMs) as never;
    const { id } = await control.makeException(project, { environment: 'prod', to, ...reason }, as(bo));
    return { path: `/exceptions/${id}/revoke`, body: reason };
  },
  waiveGate: ({ wanted }) => ({
    path: `/releases/${wanted}/waivers`,
    body: { to: 'prod', gate: 'bugs', ...reason },
  }),
};
