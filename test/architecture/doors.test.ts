import { describe, expect, it } from 'vitest';
import { type Door, routes, steps, writers } from './doors.ts';
import { productFiles, textOf } from './source.ts';

const sources = productFiles
  .filter((file) => /^src\/(?!web\/|store\/)/u.test(file))
  .map((file) => ({ file, text: textOf(file) }));

const named = (doors: readonly Door[]): readonly string[] => doors.map(({ file }) => file).toSorted();

/** Of each write, the kind that is named; what is written by a kind that is handed in counts as every kind. */
function kindsPutIn(text: string): ReadonlySet<string> {
  const puts = text.matchAll(/\.put(?:<[^>]*>)?\(\s*[^,()]+,\s*(?<kind>'[\w-]+'|\w+)/gu);
  return new Set(Array.from(puts, ({ groups }) => groups?.['kind']?.replaceAll("'", '') ?? ''));
}

const filesThatPut = (kind: string): readonly string[] =>
  sources
    .filter(({ text }) => {
      const kinds = kindsPutIn(text);
      return kinds.has(kind) || kinds.has('kind');
    })
    .map(({ file }) => file)
    .toSorted();

/** A file calls what it imports or has itself; a method of the same name is something else. */
function calls(text: string, step: string): boolean {
  const isKnown = new RegExp(`(?:import \\{[^}]*|export (?:async )?function )\\b${step}\\b`, 'u').test(text);
  return isKnown && new RegExp(`(?<!function |[.\\w])${step}\\(`, 'u').test(text);
}

const callersOf = (step: string): readonly string[] =>
  sources
    .filter(({ text }) => calls(text, step))
    .map(({ file }) => file)
    .toSorted();

describe('what an environment runs (INF-7)', () => {
  it.each(Object.entries(writers))('is written as %s by the places in the table alone', (kind, doors) => {
    expect(filesThatPut(kind)).toEqual(named(doors));
  });

  it.each(Object.entries(steps))('changes by %s from the places in the table alone', (step, doors) => {
    expect(callersOf(step)).toEqual(named(doors));
  });

  it('is written by no statement of SQL outside the store', () => {
    const sql =
      /\b(?:insert into|update|delete from)\s+(?:rung\.)?(?:record|event|promotion|rollout|environment)/iu;
    expect(sources.filter(({ text }) => sql.test(text)).map(({ file }) => file)).toEqual([]);
  });

  it('begins to change where admission said yes in the same breath, and nowhere else', () => {
    const text = textOf('src/lifecycle/promote/reconcile-promotion.ts');
    expect(text).toMatch(
      /const admission = admit\(facts, now\);[^]*\n {2}if \(!admission\.allowed\) \{\n(?: {4}.*\n)* {4}return .*\n {2}\}\n {2}await startPromotion\(/u,
    );
    const preflight = sources.filter(
      ({ file, text: one }) => file.startsWith('src/lifecycle/') && /\bphase: 'preflight', since/u.test(one),
    );
    expect(preflight.map(({ file }) => file)).toEqual(['src/lifecycle/promote/start.ts']);
  });

  it('is found out about whatever way a write is spelled', () => {
    expect(kindsPutIn("await tx.put(project, 'rollout', id, one, 0)")).toContain('rollout');
    expect(kindsPutIn("await tx.put(\n  next.project,\n  'environment',\n  id")).toContain('environment');
    expect(kindsPutIn('await tx.put(value.project, kind, value.id')).toContain('kind');
  });
});

/** What a route calls: the first thing after its id, or, where it is spelled out for Fastify, what its file calls. */
function askedBy(text: string, id: string, useCase: string): readonly string[] {
  if (text.includes(`operationId: '${id}'`))
    return text.includes(`controlPlane.${useCase}(`) ? [useCase] : [];
  const start = text.indexOf(` id: '${id}'`);
  return start < 0 ? [] : (/\bcontrolPlane\.(\w+)\(/u.exec(text.slice(start))?.slice(1) ?? []);
}

describe('the routes of the API', () => {
  const description = JSON.parse(textOf('docs/reference/openapi.json')) as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId?: string }>>>>;
  };
  const changing = Object.values(description.paths).flatMap((methods) =>
    Object.entries(methods).flatMap(([method, { operationId }]) =>
      method === 'get' || operationId === undefined ? [] : [operationId],
    ),
  );
  const api = sources.filter(({ file }) => file.startsWith('src/api/'));

  it('that change something are in the table, each with the use case it asks for', () => {
    expect(changing.toSorted()).toEqual(Object.keys(routes).toSorted());
  });

  it.each(Object.entries(routes).filter(([, useCase]) => useCase !== 'none'))(
    '%s asks for %s',
    (id, useCase) => {
      expect(api.flatMap(({ text }) => askedBy(text, id, useCase))).toEqual([useCase]);
    },
  );

  it('reach nothing of the store', () => {
    expect(api.filter(({ text }) => /\b(?:tx|store)\.(?:put|transaction|remove)\(/u.test(text))).toEqual([]);
  });
});
