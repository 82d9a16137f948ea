import type { Disk } from './disk.ts';

/** A disk in memory that outlives the programs that write on it; a power cut takes from it what was not made sure. */
export interface MemoryDisk extends Disk {
  cutPower(): void;
  /** Everything is gone: another disk was put in. */
  wipe(): void;
}

export function createMemoryDisk(): MemoryDisk {
  const written = new Map<string, Uint8Array>();
  const sure = new Map<string, Uint8Array>();
  return {
    read: async (path) => written.get(path) ?? null,
    replace: async (path, content, outlives) => {
      const bytes = Buffer.from(content);
      written.set(path, bytes);
      if (outlives === 'power cut') sure.set(path, bytes);
    },
    cutPower: () => {
      written.clear();
      for (const [path, bytes] of sure) written.set(path, bytes);
    },
    wipe: () => {
      written.clear();
      sure.clear();
    },
  };
}
