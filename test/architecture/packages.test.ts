import { isBuiltin } from 'node:module';
import { describe, expect, it } from 'vitest';
import { allFiles, importsOf, isScript, packageOf, productFiles, textOf } from './source.ts';

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(textOf('package.json')) as Manifest;
const packagesIn = (files: readonly string[]): Set<string> =>
  new Set(
    files
      .flatMap((file) => importsOf(file))
      .filter(({ isOurs, of }) => !isOurs && !isBuiltin(of))
      .map(({ of }) => packageOf(of)),
  );

/** The page is built before it is shipped: what it imports is needed by who builds it. */
const runs = packagesIn(productFiles.filter((file) => !file.startsWith('src/web/')));
const everything = packagesIn(
  allFiles.filter((file) => isScript(file) && /^(?:src|test|scripts|bin|[^/]+$)/u.test(file)),
);
/** Programs that scripts run, and types. */
const tools = new Set(['@biomejs/biome', 'oxlint', 'oxlint-tsgolint', 'typescript']);

describe('the packages', () => {
  it('name everything that the product imports when it runs', () => {
    expect([...runs].filter((name) => !(name in manifest.dependencies))).toEqual([]);
  });

  it('name nothing that the product does not import', () => {
    expect(Object.keys(manifest.dependencies).filter((name) => !runs.has(name))).toEqual([]);
  });

  it('name for developers what only they use', () => {
    const unused = Object.keys(manifest.devDependencies).filter(
      (name) => !name.startsWith('@types/') && !tools.has(name) && !everything.has(name),
    );
    expect(unused).toEqual([]);
    const known = { ...manifest.dependencies, ...manifest.devDependencies };
    expect([...everything].filter((name) => !(name in known))).toEqual([]);
  });

  it('are pinned to one version each', () => {
    const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
    expect(
      Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/u.test(version)),
    ).toEqual([]);
  });

  it('are locked for every platform, and from no host in particular (run scripts/complete-lock.ts)', () => {
    const lock = JSON.parse(textOf('package-lock.json')) as {
      readonly packages: Readonly<
        Record<string, { readonly resolved?: string; readonly optionalDependencies?: object }>
      >;
    };
    const entries = Object.entries(lock.packages);
    expect(entries.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
    const platforms = entries.flatMap(([, one]) => Object.keys(one.optionalDependencies ?? {}));
    expect(platforms.filter((name) => !(`node_modules/${name}` in lock.packages))).toEqual([]);
  });
});
