import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../architecture/source.ts';

const folder = join(root, 'node_modules/.cache/rung-mutation');

/** What earlier runs found out, by a key that holds all it depends on. Outside of Git, and worth nothing but time. */
export class Kept<T> {
  readonly #file: string | null;
  readonly #all: Map<string, T>;

  /** null: for this once. */
  constructor(name: string | null) {
    this.#file = name === null ? null : join(folder, `${name}.json`);
    this.#all = new Map(this.#file === null ? [] : (read(this.#file) as [string, T][]));
  }

  get(key: string): T | undefined {
    return this.#all.get(key);
  }

  set(key: string, value: T): void {
    this.#all.set(key, value);
  }

  save(): void {
    if (this.#file === null) return;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(`${this.#file}.new`, JSON.stringify([...this.#all]), { mode: 0o600 });
    renameSync(`${this.#file}.new`, this.#file);
  }
}

function read(file: string): readonly unknown[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown[];
  } catch {
    return [];
  }
}
