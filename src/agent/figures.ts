import { Gauge, Registry, collectDefaultMetrics } from 'prom-client';

export interface AgentFigures {
  readonly isControlPlaneAway: boolean;
  readonly environments: number;
  readonly unansweredSamples: number;
  readonly auditPosition: number;
}

const help: Record<keyof AgentFigures, readonly [string, string]> = {
  isControlPlaneAway: ['rung_agent_control_plane_away', '1 while the control plane does not answer'],
  environments: ['rung_agent_environments', 'Environments the agent looks after'],
  unansweredSamples: ['rung_agent_unanswered_samples', 'Samples the control plane has not answered for yet'],
  auditPosition: ['rung_agent_audit_position', 'Position in the audit chain that the agent has followed'],
};

export interface FiguresText {
  readonly contentType: string;
  readonly text: (figures: AgentFigures) => Promise<string>;
}

/** The agent's figures, and those of its process, as Prometheus reads them. */
export function figuresText(): FiguresText {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauges = Object.entries(help).map(([figure, [name, text]]) => ({
    figure: figure as keyof AgentFigures,
    gauge: new Gauge({ name, help: text, registers: [registry] }),
  }));
  return {
    contentType: registry.contentType,
    text: (figures) => {
      for (const { figure, gauge } of gauges) gauge.set(Number(figures[figure]));
      return registry.metrics();
    },
  };
}
