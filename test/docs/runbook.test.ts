import { describe, expect, it } from 'vitest';
import { gateKinds } from '../../src/domain/project-file/types.ts';
import { parse } from '../kit/project-file.ts';
import { pageAt } from './pages.ts';

const { text } = pageAt('docs/guides/runbook.md');
const example = parse(pageAt('examples/access/rung.yaml').text).file;
const gates = Object.values(example.pipelines).flatMap((steps) => steps.flatMap((step) => step.gates));

/** The reference of each command, by the words one types. */
const reference = new Map(
  pageAt('docs/reference/cli.md')
    .text.split(/^## /mu)
    .filter((section) => section.startsWith('rung '))
    .map((section) => [section.slice(0, section.indexOf('\n')), section] as const),
);

const commands = [...text.matchAll(/(?:`|^)(rung [a-z][^`\n]*)/gmu)].map(([, command = '']) => command);

const sectionOf = (command: string): string | undefined => {
  const words = command.split(' ');
  const names = words.map((_, index) => words.slice(0, index + 1).join(' ')).toReversed();
  return reference.get(names.find((name) => reference.has(name)) ?? '');
};

const unknownFlags = (command: string): readonly string[] =>
  [...command.matchAll(/ (--[a-z-]+)/gu)]
    .map(([, flag = '']) => flag)
    .filter((flag) => !new RegExp(String.raw`${flag}[\]\s.]`, 'u').test(sectionOf(command) ?? ''));

describe('the guide that puts a runbook beside Rung', () => {
  it('names commands and flags that exist', () => {
    expect(commands.length).toBeGreaterThan(40);
    expect(commands.filter((command) => sectionOf(command) === undefined)).toEqual([]);
    expect(commands.flatMap(unknownFlags)).toEqual([]);
  });

  it('names gates that exist, and every gate of the example', () => {
    const named = [...text.matchAll(/gates? `([a-z-]+)`(?: and `([a-z-]+)`)?/gu)].flatMap(
      ([, ...kinds]: readonly (string | undefined)[]) => kinds.filter((kind) => kind !== undefined),
    );
    expect(named.filter((kind) => !gateKinds.some((known) => known === kind))).toEqual([]);
    expect(gates.map(({ kind }) => kind).filter((kind) => !named.includes(kind))).toEqual([]);
  });

  it('names every line of the example’s checklists, every role and every branch', () => {
    const items = gates.flatMap((gate) => (gate.kind === 'checklist' ? gate.items : []));
    const sources = Object.values(example.environments).map(({ source }) => `source: ${source ?? ''}`);
    const missing = [...items, ...sources].filter((one) => !text.includes(one));
    expect(missing).toEqual([]);
  });
});
