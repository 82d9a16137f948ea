import { join } from 'node:path';
import { type Disk, readJson } from '../disk/disk.ts';
import { Failure, isFailure, isWorthRetrying } from '../domain/failure.ts';
import type { Digest } from '../domain/ids.ts';
import type { Clock } from '../engine/clock.ts';
import { type ServiceDescriptor, descriptorFile } from '../protocol/descriptor.ts';

/** An artifact that lies unpacked in a folder, ready to be run. */
export interface Shelved {
  readonly folder: string;
  readonly descriptor: ServiceDescriptor;
}

export interface ShelfParts {
  readonly disk: Disk;
  /** Where artifacts are unpacked, each in a folder named by its digest. */
  readonly folder: string;
  readonly fetch: (digest: Digest) => Promise<AsyncIterable<Uint8Array>>;
  /**
   * Sees to it that the folder holds exactly the artifact, or throws a Failure; fetches only what it does not have.
   */
  readonly unpack: (
    digest: Digest,
    folder: string,
    fetch: () => Promise<AsyncIterable<Uint8Array>>,
  ) => Promise<unknown>;
  readonly clock: Clock;
  /** Called when one more is there, or could not be had. */
  readonly onChange: () => void;
}

const tryAgainMs = 2000;

/** Gets artifacts once and keeps them: taking a release back never has to fetch anything. */
export class ArtifactShelf {
  readonly #parts: ShelfParts;
  readonly #there = new Map<Digest, Shelved>();
  readonly #failures = new Map<Digest, Failure>();
  readonly #underWay = new Set<Digest>();
  readonly #pauses = new Map<Digest, Disposable>();

  constructor(parts: ShelfParts) {
    this.#parts = parts;
  }

  /** null while it is being got, or cannot be. Asking is what gets it. */
  find(digest: Digest): Shelved | null {
    const found = this.#there.get(digest) ?? null;
    if (found === null && !this.#underWay.has(digest)) void this.#get(digest);
    return found;
  }

  failure(digest: Digest): Failure | null {
    return this.#failures.get(digest) ?? null;
  }

  /** A new rollout asks anew for what could not be had: it may have been put right since. */
  tryAgain(digest: Digest): void {
    const pause = this.#pauses.get(digest);
    if (pause === undefined) return;
    pause[Symbol.dispose]();
    this.#pauses.delete(digest);
    this.#failures.delete(digest);
    void this.#get(digest);
  }

  async #get(digest: Digest): Promise<void> {
    const parts = this.#parts;
    this.#underWay.add(digest);
    try {
      const folder = join(parts.folder, digest.replace(':', '-'));
      await parts.unpack(digest, folder, () => parts.fetch(digest));
      this.#there.set(digest, { folder, descriptor: await descriptorIn(parts.disk, folder) });
      this.#failures.delete(digest);
      this.#underWay.delete(digest);
    } catch (thrown) {
      const failure = nameOf(thrown);
      this.#failures.set(digest, failure);
      // What will not get better by itself is tried again all the same, only more seldom.
      const afterMs = isWorthRetrying(failure.kind) ? tryAgainMs : 10 * tryAgainMs;
      const pause = parts.clock.after(afterMs, () => {
        this.#pauses.delete(digest);
        this.#underWay.delete(digest);
      });
      this.#pauses.set(digest, pause);
    }
    parts.onChange();
  }
}

async function descriptorIn(disk: Disk, folder: string): Promise<ServiceDescriptor> {
  const descriptor = await readJson<ServiceDescriptor>(disk, join(folder, descriptorFile));
  if (descriptor === null) throw new Error(`${descriptorFile} is missing or no JSON`);
  return descriptor;
}

/** The control plane looks at its bytes before it sends them: what arrives as something else was altered on the way. */
function nameOf(thrown: unknown): Failure {
  if (!isFailure(thrown)) return unusable(thrown);
  return thrown.code === 'artifact-digest-mismatch' ? alteredOnTheWay(thrown) : thrown;
}

const alteredOnTheWay = (cause: Failure): Failure =>
  new Failure('unavailable', 'artifact-altered', `${cause.message} They were altered on the way.`, {
    wayOut:
      'It is fetched anew by itself. Where that does not help, look at what stands between agent and control plane.',
    cause,
  });

const unusable = (cause: unknown): Failure =>
  new Failure('invalid', 'artifact-unusable', `The artifact cannot be used: ${String(cause)}.`, {
    wayOut: 'Build the release again; its archive has to hold `.rung/service.json`.',
    cause,
  });
