import { type KeyPair, publicKeyOf } from '../../../../src/domain/keys.ts';
import { chanceFor } from './chance.ts';

/** The same for the same seed. */
export function keyOf(seed: number, whose: string): KeyPair {
  const chance = chanceFor(seed, `key of ${whose}`);
  const bytes = Uint8Array.from({ length: 32 }, () => Math.floor(chance() * 256));
  const privateKey = Buffer.from(bytes).toString('base64url');
  return { privateKey, publicKey: publicKeyOf(privateKey) };
}
