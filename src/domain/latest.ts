/** Puts it behind all others, and lets go of the one that was put first where there are more than `most`. */
export function keepLatest<K, V>(kept: Map<K, V>, most: number, key: K, value: V): void {
  kept.delete(key);
  kept.set(key, value);
  if (kept.size <= most) return;
  const first = kept.keys().next();
  if (first.done !== true) kept.delete(first.value);
}

/** Whoever asks for the same while it is kept gets the same answer. What fails is not kept. */
export function askOnce<K, T>(
  kept: Map<K, Promise<T>>,
  most: number,
  key: K,
  ask: () => Promise<T>,
): Promise<T> {
  const found = kept.get(key);
  if (found !== undefined) return found;
  const asked = ask();
  keepLatest(kept, most, key, asked);
  asked.catch(() => {
    if (kept.get(key) === asked) kept.delete(key);
  });
  return asked;
}
