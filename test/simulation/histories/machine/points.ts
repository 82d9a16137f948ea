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
export const points = [...replicaPoints, ...agentPoints] as const;
export type Point = (typeof points)[number];
export const sides = ['before', 'after'] as const;
export type Side = (typeof sides)[number];
