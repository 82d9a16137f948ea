import { environmentNames, explainedNames, releaseVersions } from './propose.ts';

const text = (input: string): string => input;

export const environmentArgument = {
  brief: 'Name of an environment',
  placeholder: 'ENVIRONMENT',
  parse: text,
  proposeCompletions: environmentNames,
} as const;

export const releaseArgument = {
  brief: 'Version or id of a release',
  placeholder: 'RELEASE',
  parse: text,
  proposeCompletions: releaseVersions,
} as const;

export const promotionArgument = {
  brief: 'The environment it waits for, or the id of the promotion',
  placeholder: 'ENVIRONMENT|PROMOTION',
  parse: text,
  proposeCompletions: environmentNames,
} as const;

export const rolloutArgument = {
  brief: 'The environment it runs in, or the id of the rollout',
  placeholder: 'ENVIRONMENT|ROLLOUT',
  parse: text,
  proposeCompletions: environmentNames,
} as const;

export const explainedArgument = {
  brief: 'Code of a failure, or id of a promotion or rollout',
  placeholder: 'CODE|PROMOTION|ROLLOUT',
  parse: text,
  proposeCompletions: explainedNames,
  optional: true,
} as const;

/** A flag that names the environment to go to. */
export const toEnvironment = {
  kind: 'parsed',
  brief: 'Environment to go to',
  placeholder: 'ENVIRONMENT',
  parse: text,
  proposeCompletions: environmentNames,
} as const;

export const word = (placeholder: string, brief: string) => ({ brief, placeholder, parse: text }) as const;

export const one = <Parameter>(parameter: Parameter) => ({ kind: 'tuple', parameters: [parameter] }) as const;
