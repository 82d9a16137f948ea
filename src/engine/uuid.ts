import { randomBytes } from 'node:crypto';
import type { Instant } from '../domain/ids.ts';

/** 10 random bytes each time. The simulation hands in its own, so that a run can be repeated. */
export type RandomBytes = () => Uint8Array;

const fromSystem: RandomBytes = () => randomBytes(10);

/** A UUIDv7 (RFC 9562) made at a moment that the engine's clock gave, not one a library read by itself. */
export function uuidAt(at: Instant, random: RandomBytes = fromSystem): string {
  const bytes = Buffer.concat([millisecondBytes(at), random()]);
  bytes.writeUInt8(0x70 | (bytes.readUInt8(6) & 0x0f), 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}

function millisecondBytes(at: Instant): Buffer {
  const bytes = Buffer.alloc(6);
  bytes.writeUIntBE(Math.max(0, Math.floor(at)), 0, 6);
  return bytes;
}
