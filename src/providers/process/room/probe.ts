import { get } from 'node:http';
import type { HealthSpec } from '../../../domain/project-file/types.ts';
import type { Clock } from '../../../engine/clock.ts';

export type ProbeResult = { readonly healthy: true } | { readonly healthy: false; readonly detail: string };

/** Asks an instance's health path once. Any answer from 200 to 399 is healthy. */
export function probe(port: number, health: HealthSpec, clock: Clock): Promise<ProbeResult> {
  return new Promise((resolve) => {
    const request = get(
      { host: '127.0.0.1', port, path: health.path, agent: false, headers: { 'user-agent': 'rung-health' } },
      (answer) => {
        const status = answer.statusCode ?? 0;
        answer.destroy();
        const isHealthy = status >= 200 && status < 400;
        settle(isHealthy ? { healthy: true } : sick(`${health.path} answered ${status}`));
      },
    );
    const timer = clock.after(health.timeoutMs, () =>
      settle(sick(`${health.path} did not answer within ${health.timeoutMs} ms`)),
    );
    request.on('error', (error) => settle(sick(`${health.path}: ${error.message}`)));
    function settle(result: ProbeResult): void {
      timer[Symbol.dispose]();
      request.destroy();
      resolve(result);
    }
  });
}

const sick = (detail: string): ProbeResult => ({ healthy: false, detail });
