import { open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { digestOfJson } from '../domain/canonical.ts';
import { Failure } from '../domain/failure.ts';

export type Stored<T> =
  | { readonly found: 'nothing' }
  | { readonly found: 'corrupted'; readonly detail: string }
  | { readonly found: 'content'; readonly content: T };

const formatVersion = 1;

/**
 * One JSON value in one file, replaced as a whole (write aside, fsync, rename), with a digest so that a damaged file
 * is known for one. Writes go one after another; those that wait are folded into the newest.
 */
export class DurableFile<T> {
  readonly #file: string;
  #running: Promise<void> = Promise.resolve();
  #waiting: { content: T; written: Promise<void> } | null = null;

  constructor(file: string) {
    this.#file = file;
  }

  async read(isContent: (value: unknown) => value is T): Promise<Stored<T>> {
    let text: string;
    try {
      text = await readFile(this.#file, 'utf8');
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return { found: 'nothing' };
      return this.#corrupted(`it cannot be read (${(thrown as Error).message})`);
    }
    return this.#parse(text, isContent);
  }

  /** Resolves once this content, or a newer one, is on the disk. */
  write(content: T): Promise<void> {
    if (this.#waiting !== null) {
      this.#waiting.content = content;
      return this.#waiting.written;
    }
    const turn = { content, written: Promise.resolve() };
    turn.written = this.#running.then(() => {
      this.#waiting = null;
      return this.#replace(turn.content);
    });
    this.#waiting = turn;
    this.#running = turn.written.catch(() => undefined);
    return turn.written;
  }

  /** Resolves when nothing waits to be written. */
  async settled(): Promise<void> {
    await this.#running;
  }

  #parse(text: string, isContent: (value: unknown) => value is T): Stored<T> {
    try {
      const envelope = JSON.parse(text) as { format?: unknown; digest?: unknown; content?: unknown } | null;
      if (envelope?.format !== formatVersion) return this.#corrupted('it has no format this version knows');
      if (envelope.digest !== digestOfJson(envelope.content))
        return this.#corrupted('its digest does not match');
      if (!isContent(envelope.content)) return this.#corrupted('its content has another shape');
      return { found: 'content', content: envelope.content };
    } catch {
      return this.#corrupted('it is not JSON');
    }
  }

  #corrupted(detail: string): Stored<T> {
    return { found: 'corrupted', detail: `${path.basename(this.#file)} is damaged: ${detail}` };
  }

  async #replace(content: T): Promise<void> {
    const aside = `${this.#file}.${process.pid}.tmp`;
    try {
      const handle = await open(aside, 'w', 0o600);
      try {
        await handle.writeFile(
          JSON.stringify({ format: formatVersion, digest: digestOfJson(content), content }),
        );
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(aside, this.#file);
      await syncFolder(path.dirname(this.#file));
    } catch (cause) {
      throw new Failure(
        'unavailable',
        'gateway-state-unwritable',
        `The gateway cannot write ${path.basename(this.#file)}.`,
        { cause, wayOut: 'Check that the disk has room and that the folder belongs to this user.' },
      );
    }
  }
}

/** A rename is only sure to survive a power cut once its folder is on the disk. Windows opens no folders. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
