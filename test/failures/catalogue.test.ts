import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { failurePages, failuresFolder } from '../../scripts/failure-pages.ts';
import { commandHelp } from '../../src/cli/reference.ts';
import { blockerKinds } from '../../src/domain/admission.ts';
import { codeOfBlocker } from '../../src/domain/failures/codes-of.ts';
import {
  chapters,
  type Explanation,
  explainedCodes,
  explanationOf,
} from '../../src/domain/failures/index.ts';
import { situations } from '../../src/domain/failures/chapters/situations.ts';
import { ended } from '../../src/domain/failures/chapters/ended.ts';
import { rollouts } from '../../src/domain/failures/chapters/rollouts.ts';
import { root, textOf } from '../architecture/source.ts';
import { codesInSource } from './codes-in-source.ts';
import { computedCodes, partsOfCodes, quotedCodes } from './told-otherwise.ts';

const { written, computed } = codesInSource();
const explanations = chapters.flatMap((one) => Object.values<Explanation>(one.explanations));
const told = written.filter(({ code }) => !partsOfCodes.includes(code));
/** `file: code`, so that what is missing is found at once. */
const listed = Object.entries(quotedCodes).flatMap(([file, codes]) => codes.map((code) => ({ file, code })));
const blocking = blockerKinds.map(codeOfBlocker);

describe('the catalogue of failures', () => {
  it('explains every code that the source writes (REL-14)', () => {
    const missing = [...told, ...listed].filter(({ code }) => explanationOf(code) === null);
    expect(
      missing.map(({ code, file }) => `${code}, which is in ${file}, has no entry in src/domain/failures`),
    ).toEqual([]);
  });

  it('knows every code that is worked out, and explains what it can be (REL-14)', () => {
    expect(
      computed.filter((one) => !(one in computedCodes)),
      'add these to computedCodes',
    ).toEqual([]);
    expect(
      Object.keys(computedCodes).filter((one) => !computed.includes(one)),
      'gone from the source',
    ).toEqual([]);
    expect(
      Object.values(computedCodes)
        .flat()
        .filter((code) => explanationOf(code) === null),
    ).toEqual([]);
  });

  it('lists no code in quotes that the source has no longer', () => {
    expect(listed.filter(({ file, code }) => !textOf(file).includes(`'${code}'`))).toEqual([]);
  });

  it('explains every blocker and every closed gate (REL-14)', () => {
    expect(blocking.filter((code) => explanationOf(code) === null)).toEqual([]);
  });

  it('explains nothing that cannot happen', () => {
    const happens = new Set<string>([
      ...[...told, ...listed].map(({ code }) => code),
      ...Object.values(computedCodes).flat(),
      ...blocking,
      // What these are named after are types, which the compiler holds to.
      ...[rollouts, ended, situations].flatMap((one) => Object.keys(one.explanations)),
    ]);
    expect(explainedCodes.filter((code) => !happens.has(code))).toEqual([]);
  });

  it('explains each code once', () => {
    expect(explainedCodes).toHaveLength(explanations.length);
  });

  it('says of a failure as what it is thrown, and with which exit code that ends', () => {
    const wrong = written.flatMap(({ code, kind, file }) => {
      const kinds: readonly string[] = explanationOf(code)?.kinds ?? [];
      return kind === null || kind === '?' || kinds.includes(kind) ? [] : [`${code} is ${kind} in ${file}`];
    });
    expect(wrong).toEqual([]);
  });
});

/** What an explanation does not say, or says badly. */
function lacksOf(one: Explanation): readonly string[] {
  const parts = {
    causes: one.causes,
    evidence: one.evidence,
    wayOut: one.wayOut,
    leaves: [one.leaves],
    again: [one.again],
  };
  const short = Object.entries(parts).filter(
    ([, said]) => said.length === 0 || said.some((text) => text.length < 10),
  );
  return [
    ...short.map(([name]) => `says too little as ${name}`),
    ...(one.title.endsWith('.') || one.title.length > 80 ? ['has a sentence as its title'] : []),
  ];
}

describe('an explanation', () => {
  const routes = commandHelp().map(([route]) => route);
  const isCommand = (text: string): boolean =>
    routes.some((route) => text === route || text.startsWith(`${route} `)) || text === 'rung explain';

  it('says why, what to look at, what to do, and how things stand', () => {
    expect(explanations.flatMap((one) => lacksOf(one).map((lack) => `${one.code} ${lack}`))).toEqual([]);
  });

  it('has something to do in its way out, or says what happens by itself', () => {
    const idle = /^(?:there is )?nothing to do\.?$/iu;
    const isIdle = ({ wayOut }: Explanation): boolean => wayOut.every((step) => idle.test(step));
    expect(explanations.filter(isIdle).map(({ code }) => code)).toEqual([]);
  });

  it('leads to others that are there', () => {
    expect(explanations.flatMap(({ see }) => see).filter((code) => explanationOf(code) === null)).toEqual([]);
  });

  it('names no command that there is not', () => {
    const named = explanations.flatMap((one) =>
      [...one.causes, ...one.evidence, ...one.wayOut, one.leaves, one.again].flatMap((text) =>
        [...text.matchAll(/`(rung [^`]+)`/gu)].map(([, command = '']) => command),
      ),
    );
    expect(named.length).toBeGreaterThan(200);
    expect([...new Set(named)].filter((command) => !isCommand(command))).toEqual([]);
  });

  it('names no flag that its command does not have', () => {
    const help = new Map(commandHelp());
    const wrong = explanations.flatMap((one) =>
      [...one.evidence, ...one.wayOut].flatMap((text) =>
        [...text.matchAll(/`(rung [^`]+)`/gu)].flatMap(([, command = '']) => {
          const route = routes
            .filter((each) => command.startsWith(each))
            .toSorted((a, b) => b.length - a.length)[0];
          const flags = command.match(/--[a-z-]+/gu) ?? [];
          return flags
            .filter((flag) => !(help.get(route ?? '') ?? '').includes(flag))
            .map((flag) => `${one.code}: ${command} ${flag}`);
        }),
      ),
    );
    expect(wrong).toEqual([]);
  });
});

describe('the pages of failures', () => {
  const pages = failurePages();

  it('are what the catalogue says (run scripts/generate-failures.ts)', () => {
    const old = pages.filter(
      ({ name, text }) => !isThere(name) || textOf(`${failuresFolder}/${name}`) !== text,
    );
    expect(old.map(({ name }) => name)).toEqual([]);
  });

  it('are of nothing else', () => {
    const names = new Set(pages.map(({ name }) => name));
    expect(readdirSync(join(root, failuresFolder)).filter((name) => !names.has(name))).toEqual([]);
  });

  const there = new Set(readdirSync(join(root, failuresFolder)));
  const isThere = (name: string): boolean => there.has(name);
});
