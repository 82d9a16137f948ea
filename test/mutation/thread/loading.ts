import { registerHooks } from 'node:module';

const standIn = new URL('vitest.ts', import.meta.url).href;

/** From here on, what is imported has its mutants in it, and tests declare themselves to us instead of to vitest. */
export function loadMutated(sources: ReadonlyMap<string, string>): void {
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'vitest' && context.parentURL !== standIn
        ? { url: standIn, shortCircuit: true }
        : next(specifier, context),
    load: (url, context, next) => {
      const source = sources.get(url);
      return source === undefined ? next(url, context) : { format: 'module', source, shortCircuit: true };
    },
  });
}
