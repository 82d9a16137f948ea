/** Where a program touches what is outside of it: it can be killed or stopped before and after each. */
export const replicaPoints = ['read', 'commit', 'chain', 'checkpoint', 'countersign'] as const;
export const agentPoints = [
  'file read',
  'file replaced',
  'poll',
  'observe',
  'artifact fetched',
  'artifact unpacked',
  'workloads seen',
  'workload started',
  'workload stopped',
  'smoke tested',
  'traffic seen',
  'routes set',
  'weight set',
  'lease renewed',
  'taken back',
  'counters read',
  'desired ref written',
  'audit head pushed',
] as const;
/** Where an agent passes least often, and most depends on it: what it does at the word of the control plane. */
export const seldomPoints = [
  'workload stopped',
  'routes set',
  'weight set',
  'taken back',
  'desired ref written',
] as const;
export const points = [...replicaPoints, ...agentPoints] as const;
export type Point = (typeof points)[number];
export const sides = ['before', 'after'] as const;
export type Side = (typeof sides)[number];
