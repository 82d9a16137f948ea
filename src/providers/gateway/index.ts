import path from 'node:path';
import { isFailure } from '../../domain/failure.ts';
import type { Clock } from '../../engine/clock.ts';
import type { Applied, Context, Observed } from '../../ports/provider.ts';
import type { RouteSpec, Traffic, TrafficChange, TrafficState } from '../../ports/traffic.ts';
import { gatewayFiles } from '../../protocol/gateway.ts';
import { ChangeWatch } from './change-watch.ts';
import { gatewayAbsent, gatewayClient, gatewayForeign } from './client.ts';
import type { GatewayClient } from './client.ts';
import { planTraffic } from './plan.ts';

export { gatewayAbsent, gatewayClient, gatewayForeign } from './client.ts';
export type { GatewayClient } from './client.ts';

export interface GatewayTrafficOptions {
  /** The gateway's folder. */
  readonly dir: string;
  readonly clock: Clock;
  /**
   * Sees to it that a gateway runs on this folder which has a listening socket for every one of these routes, and
   * resolves when its control socket answers. Called before every change of the routes; does nothing when all is well.
   */
  readonly ensureGateway: (routes: readonly RouteSpec[], context: Context) => Promise<void>;
}

const drainLookMs = 200;

/** Traffic through Rung's own gateway, for environments of processes. */
export function createGatewayTraffic({ dir, clock, ensureGateway }: GatewayTrafficOptions): Traffic {
  const client = gatewayClient(path.join(dir, gatewayFiles.socket));
  const changes = new ChangeWatch(client, clock);
  const applyChange = async (change: TrafficChange, context: Context): Promise<void> => {
    if (change.action === 'weigh') return client.weigh(change.weight, context.signal);
    await ensureGateway(change.routes, context);
    changes.connectAnew();
    await client.setRoutes(change.routes, context.signal);
  };
  return {
    observe: (context) => observe(client, context),
    plan: planTraffic,
    apply: async (change, context) => {
      await applyChange(change, context);
      return { done: true };
    },
    renew: (rollout, generation, leaseMs, context) =>
      client.renew({ rollout, generation, leaseMs }, context.signal),
    takeBack: (rollout, generation, reason, context) =>
      client.takeBack({ rollout, generation, reason }, context.signal),
    counters: (context) => client.counters(context.signal),
    remove: (context) => remove(client, context),
    onChange: (call) => changes.listen(call),
  };
}

async function observe(client: GatewayClient, context: Context): Promise<Observed<TrafficState>> {
  try {
    return { state: 'present', value: await client.state(context.signal) };
  } catch (thrown) {
    if (isFailure(thrown) && thrown.code === gatewayAbsent) return { state: 'absent' };
    if (isFailure(thrown) && thrown.code === gatewayForeign) {
      return { state: 'foreign', detail: thrown.message };
    }
    throw thrown;
  }
}

/** Asks the gateway to close until it is gone; it lets open requests finish first. */
async function remove(client: GatewayClient, context: Context): Promise<Applied> {
  try {
    await client.shutdown(context.signal);
    const { openConnections } = await client.health(context.signal);
    const waitingFor = `the gateway to close (${openConnections} connections open)`;
    return { done: false, lookAgainMs: drainLookMs, waitingFor };
  } catch (thrown) {
    if (isFailure(thrown) && thrown.code === gatewayAbsent) return { done: true };
    if (isFailure(thrown) && thrown.code === 'gateway-interrupted') {
      return { done: false, lookAgainMs: drainLookMs, waitingFor: 'the gateway to close' };
    }
    throw thrown;
  }
}
