import { link, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { systemDisk } from '../disk/system-disk.ts';
import type { RouteSpec } from '../domain/traffic.ts';
import { gatewayFiles } from '../protocol/gateway.ts';
import { DurableFile } from './durable-file.ts';
import type { Stored } from './durable-file.ts';
import { emptyBook, restore } from './weight.ts';
import type { LatchEntry, WeightBook } from './weight.ts';

interface StoredState {
  /** Of the boot in which the deadline was made; null where the system tells none. */
  readonly boot: string | null;
  readonly routes: readonly RouteSpec[];
  readonly weight: WeightBook['weight'];
  readonly last: WeightBook['last'];
}

export interface Remembered {
  readonly routes: readonly RouteSpec[];
  readonly book: WeightBook;
  /** What was damaged and what was made of it, in words. */
  readonly troubles: readonly string[];
}

/**
 * What outlives the process: routes, weight and deadline in one file, what was taken back in another. Whatever cannot
 * be read counts for the stable version and never for the candidate.
 */
export class Memory {
  readonly #dir: string;
  readonly #boot: string | null;
  readonly #state: DurableFile<StoredState>;
  readonly #latch: DurableFile<readonly LatchEntry[]>;

  constructor(dir: string, boot: string | null) {
    this.#dir = dir;
    this.#boot = boot;
    this.#state = new DurableFile(systemDisk, path.join(dir, gatewayFiles.state));
    this.#latch = new DurableFile(systemDisk, path.join(dir, gatewayFiles.latch));
  }

  async recall(nowMs: number): Promise<Remembered> {
    const troubles: string[] = [];
    const state = await this.#recallState(troubles);
    const latch = await this.#recallLatch(state, troubles);
    const book = { ...emptyBook, weight: state?.weight ?? null, last: state?.last ?? {}, latch };
    const sameBoot = this.#boot !== null && state?.boot === this.#boot;
    return { routes: state?.routes ?? [], book: restore(book, sameBoot, nowMs), troubles };
  }

  /** Resolves once it is on the disk. */
  keepState(routes: readonly RouteSpec[], book: WeightBook): Promise<void> {
    return this.#state.write({ boot: this.#boot, routes, weight: book.weight, last: book.last });
  }

  /** Resolves once it is on the disk. */
  keepLatch(latch: readonly LatchEntry[]): Promise<void> {
    return this.#latch.write(latch);
  }

  async settled(): Promise<void> {
    await Promise.all([this.#state.settled(), this.#latch.settled()]);
  }

  async #recallState(troubles: string[]): Promise<StoredState | null> {
    const stored = await this.#state.read(isStoredState);
    if (stored.found === 'content') return stored.content;
    if (stored.found === 'corrupted') {
      troubles.push(`${stored.detail}. All requests go to stable until routes and weight are set again.`);
      await this.#putAside(gatewayFiles.state);
    }
    return null;
  }

  /** Without the latch nobody knows what was taken back: so everything that was ever weighed here counts as such. */
  async #recallLatch(state: StoredState | null, troubles: string[]): Promise<readonly LatchEntry[]> {
    const stored: Stored<readonly LatchEntry[]> = await this.#latch.read(isLatch);
    if (stored.found === 'content') return stored.content;
    if (stored.found === 'nothing') return [];
    troubles.push(`${stored.detail}. Every generation weighed here before counts as taken back.`);
    await this.#showAside(gatewayFiles.latch);
    const latch = Object.entries(state?.last ?? {}).map(([rollout, { generation }]) => ({
      rollout: rollout as LatchEntry['rollout'],
      generation,
      reason: 'The record of what was taken back was damaged.',
    }));
    // What cannot be written now is made of the same damaged file by the next gateway.
    await this.keepLatch(latch).catch((thrown: unknown) => void troubles.push((thrown as Error).message));
    return latch;
  }

  /** Kept for whoever wants to know what happened. */
  async #putAside(name: string): Promise<void> {
    const file = path.join(this.#dir, name);
    await rename(file, asideOf(file)).catch(() => undefined);
  }

  /** As well, but in its place, too: without a latch, who comes before there is another one would believe in none. */
  async #showAside(name: string): Promise<void> {
    const file = path.join(this.#dir, name);
    await rm(asideOf(file), { force: true }).catch(() => undefined);
    await link(file, asideOf(file)).catch(() => undefined);
  }
}

const asideOf = (file: string): string => `${file}.damaged`;

function isStoredState(value: unknown): value is StoredState {
  if (typeof value !== 'object' || value === null) return false;
  const state = value as Partial<Record<keyof StoredState, unknown>>;
  return Array.isArray(state.routes) && typeof state.last === 'object' && typeof state.weight === 'object';
}

function isLatch(value: unknown): value is readonly LatchEntry[] {
  return (
    Array.isArray(value) && value.every((entry) => typeof (entry as LatchEntry | null)?.rollout === 'string')
  );
}
