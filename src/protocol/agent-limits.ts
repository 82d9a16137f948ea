/** What one call of an agent may hold at most. Both sides keep to it. */
export const agentLimits = {
  bodyBytes: 4 * 1024 * 1024,
  observations: 1000,
  samples: 200,
  trafficReadings: 200,
  /** How long a poll is held open. */
  pollMs: 25_000,
} as const;
