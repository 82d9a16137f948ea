import type { Clock } from './clock.ts';
import { uuidAt } from './uuid.ts';

/** Makes UUIDv7: ids sort by the engine's clock, also in virtual time. */
export const createIds = (clock: Clock) => (): string => uuidAt(clock.now());
