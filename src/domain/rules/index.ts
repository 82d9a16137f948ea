export { changeText, isWeaker, type RuleChange, type RuleEffect } from './change.ts';
export { compareRules } from './compare.ts';
