import { describe, expect, it } from 'vitest';
import { failureOf } from '../../../test/kit/project-file.ts';

const file = (when: string): string => `rung: 1
project: shop
services:
  web: { path: web, run: [node, server.js], health: /healthz }
environments:
  dev: { tier: development, source: develop }
  prod: { tier: production }
pipelines:
  main:
    - environment: dev
    - environment: prod
      gates:
        - rule:
            name: own
            when: ${when}
`;

/** The place of the only problem, as `line:column`, and the word that stands there. */
function pointedAt(when: string): {
  readonly place: string;
  readonly word: string;
  readonly problem: object;
} {
  const text = file(when);
  const { problems } = failureOf(text);
  expect(problems).toHaveLength(1);
  const [{ place, ...problem } = { message: '' }] = problems;
  const line = text.split('\n')[(place?.line ?? 0) - 1] ?? '';
  const word = /^[\w=<>]*/.exec(line.slice((place?.column ?? 0) - 1))?.[0] ?? '';
  return { place: `${place?.line}:${place?.column}`, word, problem };
}

describe('a rule of one’s own that is wrong (REL-1)', () => {
  it('is pointed at with the very character, and told what was probably meant', () => {
    expect(pointedAt('release.servces == ["web"]')).toEqual({
      place: '15:27',
      word: 'servces',
      problem: {
        message: 'There is no field "servces". Did you mean "services"?',
        instead: 'services',
        pointer: '/pipelines/main/1/gates/0/rule/when',
      },
    });
  });

  it.each([
    ['plain', 'size(release.services) < 3 && releas.version != ""'],
    ['over two plain lines', 'size(release.services) < 3\n              && releas.version != ""'],
    ['in double quotes', '"release.version != \\"1.0.0\\" && releas.version != \'\'"'],
    ['in single quotes', "'release.version != ''1.0.0'' && releas.version != \"\"'"],
    ['in a block', '|\n              size(release.services) < 3\n\n                && releas.version != ""'],
    [
      'in a folded block',
      '>- # why not\n              size(release.services) < 3\n              && releas.version != ""',
    ],
    [
      'in double quotes over lines',
      '"size(release.services) < 3 \\\n              && \\t releas.version != \'\'"',
    ],
  ])('is pointed at where it is written %s', (_, when) => {
    expect(pointedAt(when).word).toBe('releas');
  });

  it('is pointed at after its last character where something is missing there', () => {
    expect(pointedAt('size(release.services) <')).toMatchObject({ place: '15:43', word: '' });
  });

  it('is pointed at with its operator where the two sides do not fit', () => {
    expect(pointedAt('release.version > 3')).toMatchObject({
      word: '>',
      problem: {
        message: '`>` cannot stand between a text and a whole number.',
        instead: 'values of the same type',
      },
    });
  });
});
