import { chmod, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { Gauge, Registry, collectDefaultMetrics } from 'prom-client';

export interface AgentFigures {
  readonly isControlPlaneAway: boolean;
  readonly environments: number;
  readonly unansweredSamples: number;
  readonly auditPosition: number;
}

export interface AgentMetrics {
  close(): void;
}

const help: Record<keyof AgentFigures, readonly [string, string]> = {
  isControlPlaneAway: ['rung_agent_control_plane_away', '1 while the control plane does not answer'],
  environments: ['rung_agent_environments', 'Environments the agent looks after'],
  unansweredSamples: ['rung_agent_unanswered_samples', 'Samples the control plane has not answered for yet'],
  auditPosition: ['rung_agent_audit_position', 'Position in the audit chain that the agent has followed'],
};

/** Serves the agent's figures for Prometheus on a Unix socket that only its owner may open. */
export async function agentMetrics(socketPath: string, read: () => AgentFigures): Promise<AgentMetrics> {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauges = Object.entries(help).map(([figure, [name, text]]) => ({
    figure: figure as keyof AgentFigures,
    gauge: new Gauge({ name, help: text, registers: [registry] }),
  }));
  const server = createServer((_request, response) => {
    const figures = read();
    for (const { figure, gauge } of gauges) gauge.set(Number(figures[figure]));
    registry
      .metrics()
      .then((text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text))
      .catch(() => response.writeHead(500).end());
  });
  await rm(socketPath, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath, resolve);
  });
  await chmod(socketPath, 0o600);
  server.unref();
  return {
    close: () => {
      server.close();
      server.closeAllConnections();
      registry.clear();
    },
  };
}
