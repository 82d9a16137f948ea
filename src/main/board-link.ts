import { answerOf, createClient } from '../client/index.ts';
import { readAddress } from './address.ts';
import type { DataFolder } from './data-folder.ts';
import { cliToken } from './keys.ts';

/** A link that opens the board and signs the owner of this machine in, once. */
export async function boardLink(data: DataFolder): Promise<string> {
  const { url } = await readAddress(data);
  const client = createClient({ baseUrl: url, token: await cliToken(data) });
  const link = await answerOf(client.POST('/api/v1/sign-in/links'));
  return link.url;
}
