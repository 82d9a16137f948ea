import { isPassing } from './failure.ts';

/** So long after it was asked, the same is taken for another wish, and not for a second try. */
const secondTryWithinMs = 120_000;

/** What was asked and never answered: under which key, and when. */
const unanswered = new Map<string, { readonly key: string; readonly askedAt: number }>();

/**
 * Asks for something under a key by which it is done once. Where no answer came, nobody here knows whether it was done: who asks
 * for the very same again does so under the key of the first time.
 */
export async function once<T>(
  what: readonly unknown[],
  ask: (header: { readonly 'idempotency-key': string }) => Promise<T>,
): Promise<T> {
  const now = Date.now();
  for (const [place, { askedAt }] of unanswered)
    if (Math.abs(now - askedAt) > secondTryWithinMs) unanswered.delete(place);
  const place = JSON.stringify(what);
  const { key } = unanswered.get(place) ?? { key: crypto.randomUUID() };
  unanswered.delete(place);
  try {
    return await ask({ 'idempotency-key': key });
  } catch (thrown) {
    if (isPassing(thrown)) unanswered.set(place, { key, askedAt: now });
    throw thrown;
  }
}
