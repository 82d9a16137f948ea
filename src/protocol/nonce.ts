import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Instant } from '../domain/ids.ts';

/**
 * Nonces that need no memory: a time and random bytes under an HMAC with a secret of this process. A restart of the
 * server voids them all, which costs every agent one more try.
 */
export interface Nonces {
  issue(now: Instant): string;
  isFresh(nonce: string, now: Instant): boolean;
  /** None that was issued before is fresh any more, as after a restart. */
  voidAll(): void;
}

const macBytes = 16;
const payloadBytes = 12;

export function createNonces(lifeMs: number): Nonces {
  let secret = randomBytes(32);
  const macOf = (payload: Buffer): Buffer =>
    createHmac('sha256', secret).update(payload).digest().subarray(0, macBytes);
  return {
    issue: (now) => {
      const payload = randomBytes(payloadBytes);
      payload.writeUIntBE(now, 0, 6);
      return Buffer.concat([payload, macOf(payload)]).toString('base64url');
    },
    isFresh: (nonce, now) => {
      const bytes = Buffer.from(nonce, 'base64url');
      if (bytes.length !== payloadBytes + macBytes) return false;
      const payload = bytes.subarray(0, payloadBytes);
      if (!timingSafeEqual(macOf(payload), bytes.subarray(payloadBytes))) return false;
      const age = now - payload.readUIntBE(0, 6);
      return age >= 0 && age <= lifeMs;
    },
    voidAll: () => {
      secret = randomBytes(32);
    },
  };
}
