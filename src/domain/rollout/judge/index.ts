export { foldSample, startJudging } from './fold.ts';
export { baselineOf, judge, verdictOf } from './judge.ts';
export type * from './types.ts';
export { ruleNames } from './types.ts';
