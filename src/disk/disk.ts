/**
 * Small files of our own, each read and replaced as a whole. Who keeps something beyond its own end is handed one, so that
 * the same code runs over the machine's disk and over one in memory that loses what a real one may lose.
 */
export interface Disk {
  /** null where there is no such file. Throws what the system said where there is one that cannot be read. */
  read(path: string): Promise<Uint8Array | null>;
  /**
   * Makes the file hold this, for its owner alone, in a folder that is made where it is missing. Whoever reads it, at any
   * time and after any end, finds the content before or this one and never half of it. Calls for one path take effect in
   * the order in which they were made. Once it resolves the content outlives what it says.
   */
  replace(path: string, content: string | Uint8Array, outlives: Outlives): Promise<void>;
}

/** `process`: this program may be killed. `power cut`: the machine may lose power; that costs some milliseconds. */
export type Outlives = 'process' | 'power cut';

/** null when it is not there, cannot be read or is not JSON: then it is as if it had never been written. */
export async function readJson<T>(disk: Disk, path: string): Promise<T | null> {
  try {
    const bytes = await disk.read(path);
    return bytes === null ? null : (JSON.parse(Buffer.from(bytes).toString('utf8')) as T);
  } catch {
    return null;
  }
}
