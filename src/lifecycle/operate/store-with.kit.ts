import type { Log } from '../../domain/log.ts';
import type { Store, Transaction } from '../../engine/store.ts';

/** For tests: a store, or a transaction, that does some things otherwise, to count them or to fail. */
export const storeWith = <T extends Store | Transaction>(store: T, other: Partial<T>): T =>
  new Proxy(store, {
    get: (of, name): unknown => {
      const own: unknown = Reflect.get(other, name) ?? Reflect.get(of, name);
      return typeof own === 'function' ? (own as (...given: unknown[]) => unknown).bind(of) : own;
    },
  });

/** For tests: a log that can be read. */
export function readableLog(): { readonly log: Log; readonly lines: (readonly [string, object])[] } {
  const lines: (readonly [string, object])[] = [];
  const line = (level: string) => (facts: object) => void lines.push([level, facts]);
  return { log: { info: line('info'), warn: line('warn'), error: line('error') }, lines };
}
