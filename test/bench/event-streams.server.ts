/** The server of the bench of event streams, in a process of its own: it does what the bench tells it by messages. */
import { anEvent } from '../kit/audit.ts';
import { as } from '../attack/scene.ts';
import { openScene } from '../attack/served-scene.ts';
import { serve } from '../attack/served.ts';
import { silentLog } from '../../src/domain/log.ts';
import { ada } from '../attack/world.ts';

export type Order =
  | { readonly kind: 'tokens'; readonly count: number }
  | { readonly kind: 'events'; readonly count: number; readonly text: string }
  | { readonly kind: 'figures' }
  | { readonly kind: 'end' };

export interface Figures {
  readonly residentBytes: number;
  readonly cpuMs: number;
}

await using served = await serve(silentLog, { stalledMs: Number(process.env['STALLED_MS']) });
const scene = await openScene(served, 'access');
scene.stop();

async function tokens(count: number): Promise<readonly string[]> {
  const secrets: string[] = [];
  for (let at = 0; at < count; at += 1) {
    const ask = { name: `reader ${at}`, scopes: ['read'], expiresInMs: 3_600_000 } as const;
    secrets.push((await served.control.createToken(scene.project, ask, as(ada))).secret);
  }
  return secrets;
}

const events = (count: number, text: string): Promise<void> =>
  served.parts.store.transaction((tx) =>
    tx.append(Array.from({ length: count }, () => anEvent(text, { project: scene.project }))),
  );

function figures(): Figures {
  (globalThis as { gc?: () => void }).gc?.();
  const { user, system } = process.cpuUsage();
  return { residentBytes: process.memoryUsage.rss(), cpuMs: (user + system) / 1000 };
}

const ended = Promise.withResolvers<void>();
const obey = async (order: Order): Promise<unknown> => {
  switch (order.kind) {
    case 'tokens':
      return tokens(order.count);
    case 'events':
      return events(order.count, order.text);
    case 'figures':
      return figures();
    case 'end':
      return ended.resolve();
  }
};
const answer = async (order: Order): Promise<void> => {
  const answered = await obey(order);
  if (order.kind !== 'end') process.send?.(answered ?? null);
};
process.on('message', (order: Order) => void answer(order));
process.send?.(served.api.port);
await ended.promise;
process.disconnect?.();
