import type { RungClient } from '../rung-client.ts';

/** Where the log ends now: whoever follows it from here misses nothing of what they begin next. */
export async function positionNow(client: RungClient): Promise<number> {
  const { items } = await client.log({ limit: 1, all: true });
  return items[0]?.position ?? 0;
}
