/** What stands under a key; made, and put there, where nothing does. */
export function inMap<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}

/** As `inMap`, in a map that keeps the latest `most`. */
export function amongLatest<K, V>(kept: Map<K, V>, most: number, key: K, make: () => V): V {
  const found = kept.get(key);
  if (found !== undefined) return found;
  const made = make();
  keepLatest(kept, most, key, made);
  return made;
}

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
