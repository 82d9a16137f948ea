import type { RandomBytes } from '../../engine/uuid.ts';
import { chanceFrom } from '../chance.ts';

/** For ids. They rise within a run, so that what came first is listed as older also within one millisecond. */
export function seededBytes(seed: number): RandomBytes {
  const chance = chanceFrom(seed);
  let count = 0;
  return () => {
    count += 1;
    const bytes = Buffer.alloc(10);
    bytes.writeUInt16BE((count >>> 14) & 0x0fff, 0);
    bytes.writeUInt32BE((count & 0x3fff) << 16, 2);
    bytes.writeUInt32BE(Math.floor(chance() * 2 ** 32), 6);
    return bytes;
  };
}
