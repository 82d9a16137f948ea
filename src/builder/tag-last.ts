import type { BuilderParts } from './builder.ts';

/**
 * Makes good what a builder did not come to that was killed, or whose disk was full, when it had just made a release: its tag. What
 * the next one brings is counted from there. A tag that cannot be set is no reason to build nothing.
 */
export async function tagLast({
  api,
  forge,
  log,
}: Pick<BuilderParts, 'api' | 'forge' | 'log'>): Promise<void> {
  const last = await api.lastRelease();
  if (last === null) return;
  try {
    await forge.tag(last.version, last.commit);
  } catch (thrown) {
    log.warn({ version: last.version, error: String(thrown) }, 'The last release could not be tagged.');
  }
}
