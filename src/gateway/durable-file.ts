import path from 'node:path';
import type { Disk } from '../disk/disk.ts';
import { digestOfJson } from '../domain/canonical.ts';
import { Failure } from '../domain/failure.ts';

export type Stored<T> =
  | { readonly found: 'nothing' }
  | { readonly found: 'corrupted'; readonly detail: string }
  | { readonly found: 'content'; readonly content: T };

const formatVersion = 1;

/**
 * One JSON value in one file, replaced as a whole and sure to outlive a power cut, with a digest so that a damaged file
 * is known for one. Writes go one after another; those that wait are folded into the newest.
 */
export class DurableFile<T> {
  readonly #disk: Disk;
  readonly #file: string;
  #running: Promise<void> = Promise.resolve();
  #waiting: { content: T; written: Promise<void> } | null = null;

  constructor(disk: Disk, file: string) {
    this.#disk = disk;
    this.#file = file;
  }

  async read(isContent: (value: unknown) => value is T): Promise<Stored<T>> {
    try {
      const bytes = await this.#disk.read(this.#file);
      if (bytes === null) return { found: 'nothing' };
      return this.#parse(Buffer.from(bytes).toString('utf8'), isContent);
    } catch (thrown) {
      return this.#corrupted(`it cannot be read (${(thrown as Error).message})`);
    }
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
    const text = JSON.stringify({ format: formatVersion, digest: digestOfJson(content), content });
    try {
      await this.#disk.replace(this.#file, text, 'power cut');
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
