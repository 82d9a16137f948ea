/** What one call of an agent may hold at most. Both sides keep to it. */
export const agentLimits = {
  bodyBytes: 4 * 1024 * 1024,
  observations: 1000,
  samples: 200,
  trafficReadings: 200,
  /** Of one environment. */
  troubles: 100,
  /** How long a poll is held open. */
  pollMs: 120_000,
  /** So often whoever holds it says that it is still there. */
  stillThereMs: 20_000,
  /** Whoever says nothing for so long is not. */
  quietMs: 25_000,
  /** To one agent's socket at the same time. */
  connections: 32,
  /** Calls of one agent that are worked on or held open. */
  underWay: 32,
  /** Calls of one agent: so many at once, then so many each second. */
  rate: { burst: 2000, perSecond: 500 },
  /** Of them, those that prove nothing. */
  unprovedRate: { burst: 100, perSecond: 20 },
  /** How deep objects and lists may lie in each other in a message. */
  jsonDepth: 32,
} as const;
