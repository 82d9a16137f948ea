import { describe, expect, it } from 'vitest';
import { longFiles, mostLines, mostLinesOfTests, ownTime } from './rules.ts';
import { allFiles, isGenerated, isScript, productFiles, textOf } from './source.ts';

const ours = allFiles.filter((file) => isScript(file) && !isGenerated(file));
/** Text that people write: no pictures, no lock files, nothing generated. */
const written = allFiles.filter(
  (file) => !/\.(?:png|svg|ico|woff2?)$|package-lock\.json$/u.test(file) && !isGenerated(file),
);

function linesWith(pattern: RegExp, files: readonly string[]): string[] {
  return files.flatMap((file) =>
    textOf(file)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
  );
}

describe('the clock', () => {
  it('is looked at in engine alone', () => {
    const free = ['src/engine/', ...Object.keys(ownTime)];
    const bound = productFiles.filter((file) => !free.some((place) => file.startsWith(place)));
    const machineTime =
      /\bDate\.now\b|(?<![.\w])set(?:Timeout|Interval)\b|\bnew Date\(\)|\bperformance\.now\b/u;
    expect(linesWith(machineTime, bound)).toEqual([]);
  });
});

describe('files', () => {
  it(`have at most ${mostLines} lines, for a longer one has two jobs`, () => {
    const tooLong = allFiles
      .filter((file) => /\.(?:ts|tsx|mjs|css)$/u.test(file) && !isGenerated(file) && !(file in longFiles))
      .map((file) => ({ file, lines: textOf(file).split('\n').length - 1 }))
      .filter(({ file, lines }) => lines > (file.startsWith('test/') ? mostLinesOfTests : mostLines));
    expect(tooLong).toEqual([]);
  });

  it('are named for what is in them', () => {
    const vague = /(?:^|\/)(?:utils?|helpers?|common|manager|misc|.*-service)(?:\.|\/)/iu;
    expect(allFiles.filter((file) => vague.test(file))).toEqual([]);
    expect(linesWith(/\bclass \w*(?:Utils?|Helper|Manager|Service)\b/u, ours)).toEqual([]);
  });

  it('hold no type any, and no assertion that something is there', () => {
    const typed = ours.filter((file) => /\.tsx?$/u.test(file));
    expect(linesWith(/(?::|\bas|<|\|)\s*any\b(?=\s*[;,)\]>=|[])/u, typed)).toEqual([]);
  });
});

describe('what is written here', () => {
  it('speaks of the project alone', () => {
    const hosts = 'npm[j]s\\.(?:org|com)|npm[m]irror|pypi[.]org|deb[.]debian[.]org|crates[.]io';
    const elsewhere = `\\b(?:issue|session)s? #?\\d|/work[/](?:main|shared|\\.library)`;
    expect(linesWith(new RegExp(`${hosts}|${elsewhere}`, 'iu'), written)).toEqual([]);
  });
});
