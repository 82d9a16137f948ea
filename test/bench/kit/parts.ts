import { digestOf } from '../../../src/domain/canonical.ts';
import { systemClock } from '../../../src/engine/clock.ts';
import { createIds } from '../../../src/engine/ids.ts';
import type { Store } from '../../../src/engine/store.ts';
import { createKnownAgents } from '../../../src/lifecycle/known-agents.ts';
import { createFigures, type Parts } from '../../../src/lifecycle/parts.ts';
import type { ObjectStore } from '../../../src/ports/object-store.ts';

async function* aByte(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array();
}

/** Says of every artifact that it is there. */
const anyObject: ObjectStore = {
  put: async () => ({ stored: true, size: 1 }),
  keep: async (_bytes, _limit, look) => ({ digest: digestOf('made'), size: 1, found: await look(aByte) }),
  get: aByte,
  has: async () => 1,
};

/** What the use cases of a control plane work with, in the bench's own process. */
export const partsOver = (store: Store): Parts => ({
  store,
  clock: systemClock,
  newId: createIds(systemClock),
  objects: anyObject,
  readers: { known: new Map(), guess: () => null },
  figures: createFigures(),
  agents: createKnownAgents(systemClock, store),
  publicKey: '',
});
