import { answerOf, createClient, type EnvironmentView } from '../client/index.ts';
import type { Address } from './address.ts';
import type { DataFolder } from './data-folder.ts';
import { cliToken } from './keys.ts';

/** A project file that waits for the approvers of an environment that it would weaken. */
export interface WaitingRules {
  readonly environment: EnvironmentView['name'];
  readonly proposal: NonNullable<EnvironmentView['rules']['waiting']>;
}

/** What the project file that was just read would weaken, and what is not in force for that. */
export async function rulesWaiting(
  data: DataFolder,
  { url, project }: Address,
): Promise<readonly WaitingRules[]> {
  const client = createClient({ baseUrl: url, token: await cliToken(data) });
  // They come with every part of the board, the newest of them.
  const params = { path: { project }, query: { limit: 1 } };
  const { weakened } = await answerOf(client.GET('/api/v1/projects/{project}/board', { params }));
  return weakened.map(({ environment, waiting }) => ({ environment, proposal: waiting }));
}
