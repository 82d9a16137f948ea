/** What an agent hears that asks for something of an environment which is not its own. */
export type ForeignAnswer =
  /** Nothing of it: what is not its own is left out, and there is no way to name it. */
  | 'left out'
  /** The code it is refused with. */
  | 'environment-foreign';

export interface AgentCallAccess {
  readonly method: string;
  readonly path: string;
  readonly foreign: ForeignAnswer;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Of a call of agents: what it comes to for an environment that is another agent's. */
    foreign?: ForeignAnswer;
  }
}

/** Everybody who can come to the agents' socket. */
export const agentCallers = {
  nobody: 'shows nothing at all',
  person: 'a person’s token, or one for CI',
  'this environment': 'the agent of the environment it is about',
  'other environment': 'an agent of another environment',
  'other project': 'an agent of another project',
  'revoked key': 'the agent of the environment, with a key that was replaced',
} as const;
export type AgentCaller = keyof typeof agentCallers;
export const agentCallerNames = Object.keys(agentCallers) as readonly AgentCaller[];

const unproved: Partial<Record<AgentCaller, string>> = {
  nobody: 'token-missing',
  person: 'token-missing',
  'other project': 'agent-unknown',
  'revoked key': 'key-unknown',
};

/** `allowed`, `left out`, or the code of the failure. */
export const agentVerdict = ({ foreign }: AgentCallAccess, caller: AgentCaller): string =>
  unproved[caller] ?? (caller === 'this environment' ? 'allowed' : foreign);
