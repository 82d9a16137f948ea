import { describe, expect, it } from 'vitest';
import { areas, type Area } from './rules.ts';
import { importsOf, isTest, packageOf, productFiles, textOf, type Import } from './source.ts';

const isIn = (file: string, place: string): boolean =>
  file === `src/${place}` || file.startsWith(`src/${place}/`);

const areaOf = (file: string): Area | undefined =>
  areas
    .filter(({ name }) => isIn(file, name))
    .toSorted((one, other) => other.name.length - one.name.length)
    .at(0);

function names(rule: string, typesOnly: boolean, file: string): boolean {
  const place = rule.replace(/^type /u, '');
  if (place !== rule && !typesOnly) return false;
  return place.endsWith('/*') ? areaOf(file)?.name === place.slice(0, -2) : isIn(file, place);
}

function mayImport(area: Area, { of, isOurs, typesOnly }: Import): boolean {
  if (!isOurs) return area.packages === undefined || area.packages.includes(packageOf(of));
  if (area.may === 'everything' || areaOf(of)?.name === area.name) return true;
  return area.may.some((rule) => names(rule, typesOnly, of));
}

const forbidden = (file: string, area: Area): string[] =>
  importsOf(file)
    .filter((one) => !mayImport(area, one))
    .map(({ of }) => `${file} imports ${of}`);

describe('who may import whom (test/architecture/rules.ts)', () => {
  it.each(areas.map((area) => [area.name, area] as const))('%s keeps to its rule', (_, area) => {
    const files = productFiles.filter((file) => areaOf(file) === area);
    expect(files.length).toBeGreaterThan(0);
    expect(files.flatMap((file) => forbidden(file, area))).toEqual([]);
  });

  it('has a rule for every file', () => {
    expect(productFiles.filter((file) => areaOf(file) === undefined)).toEqual([]);
  });

  it('lets nothing of the product import a test or its kit', () => {
    const found = productFiles.flatMap((file) =>
      importsOf(file)
        .filter(({ of, isOurs }) => isOurs && (isTest(of) || of.startsWith('test/')))
        .map(({ of }) => `${file} imports ${of}`),
    );
    expect(found).toEqual([]);
  });

  it('would notice a domain that reads files, a provider that uses another, and a page that skips the client', () => {
    const found = (file: string, line: string): boolean => {
      const [one] = importsOf(file, line);
      const area = areaOf(file);
      return one !== undefined && area !== undefined && !mayImport(area, one);
    };
    expect(found('src/domain/release.ts', `import { readFile } from 'node:fs/promises';`)).toBe(true);
    expect(found('src/providers/git/read.ts', `import { run } from '../process/index.ts';`)).toBe(true);
    expect(found('src/web/main.tsx', `import {\n  Failure,\n} from '../domain/failure.ts';`)).toBe(true);
    expect(found('src/cli/run.ts', `import type { Caller } from '../lifecycle/face.ts';`)).toBe(false);
    expect(found('src/cli/run.ts', `const it = await import('../lifecycle/face.ts');`)).toBe(true);
    expect(found('src/lifecycle/promote/admit.ts', `export { x } from '../deliver/desired.ts';`)).toBe(true);
  });
});

describe('the providers', () => {
  it('are each named in the rules', () => {
    const folders = new Set(
      productFiles.flatMap(
        (file) => /^src\/(?<folder>providers\/[^/]+)\//u.exec(file)?.groups?.['folder'] ?? [],
      ),
    );
    const ruled = areas.map(({ name }) => name).filter((name) => name.startsWith('providers/'));
    expect([...folders].toSorted()).toEqual(ruled.toSorted());
  });

  it('are put together in main alone', () => {
    const users = productFiles.filter(
      (file) =>
        !file.startsWith('src/providers/') &&
        importsOf(file, textOf(file)).some(({ of }) => of.startsWith('src/providers/')),
    );
    expect(users.filter((file) => !file.startsWith('src/main/'))).toEqual([]);
  });
});
