import { V7Generator } from 'uuidv7';
import type { Clock } from './clock.ts';

/** Makes UUIDv7: ids sort by the engine's clock, also in virtual time. */
export function createIds(clock: Clock): () => string {
  const generator = new V7Generator();
  return () => generator.generateOrResetCore(clock.now(), 10_000).toString();
}
