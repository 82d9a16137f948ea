import { join } from 'node:path';
import { Failure } from '../domain/failure.ts';
import type { AgentId, EnvironmentName, ProjectId } from '../domain/ids.ts';
import { readOwn, writeOwn } from './files.ts';

/** Who an agent is; the control plane's program puts it into the environment's folder. Nothing in it is secret. */
export interface AgentFile {
  readonly agent: AgentId;
  readonly project: ProjectId;
  readonly environment: EnvironmentName;
  /** The control plane's public signing key. */
  readonly controlKey: string;
  readonly hidden: readonly string[];
  readonly repository: string;
}

/** Where it lies in the environment's folder. */
export const agentFile = (dir: string): string => join(dir, 'agent.json');

export const writeAgentFile = (dir: string, file: AgentFile): Promise<void> =>
  writeOwn(agentFile(dir), JSON.stringify(file));

export async function readAgentFile(dir: string): Promise<AgentFile> {
  const text = await readOwn(agentFile(dir));
  if (text !== null) return JSON.parse(text) as AgentFile;
  throw new Failure(
    'unavailable',
    'agent-unintroduced',
    'The control plane has not said yet who this agent is.',
    {
      wayOut: 'It does so when it starts; this is tried again by itself.',
    },
  );
}
