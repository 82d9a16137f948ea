/**
 * Reads for all who ask while another read is under way with one read: a thousand agents ask at once. What is answered was
 * read after it was asked for.
 */
export function askedTogether<K, V>(
  read: (keys: readonly K[]) => Promise<ReadonlyMap<K, V>>,
): (keys: readonly K[]) => Promise<ReadonlyMap<K, V>> {
  let asked = new Set<K>();
  let next: Promise<ReadonlyMap<K, V>> | null = null;
  let running: Promise<unknown> = Promise.resolve();

  const readNext = async (): Promise<ReadonlyMap<K, V>> => {
    await running.catch(() => undefined);
    const keys = [...asked];
    asked = new Set();
    next = null;
    const reading = read(keys);
    running = reading;
    return reading;
  };
  return (keys) => {
    for (const key of keys) asked.add(key);
    next ??= readNext();
    return next;
  };
}
