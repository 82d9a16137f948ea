import { availableParallelism } from 'node:os';
import { type MutatedCode, mutantOf, mutatedCode } from './code.ts';
import { refusedOf } from './compiler.ts';
import { type Coverage, coverageBy, testsThatLoad } from './coverage.ts';
import { Explanations } from './explained.ts';
import { Hand } from './hand.ts';
import { Kept } from './kept.ts';
import { entriesText, folderLines, isCaught, type Result, shareLines, survivorLines } from './report.ts';
import { Trial, type Verdict } from './trial.ts';
import { drawn, type Wanted, wantedBy } from './wanted.ts';

/** `npm run mutation`: how many faults, put into what decides, do the tests find? Ends with 1 where one is left that nobody explained. */
const wanted = wantedBy(process.argv.slice(2));
const progress = (text: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
};

async function run({ tests, testsMs, histories, ...rest }: Wanted): Promise<number> {
  const code = mutatedCode();
  const ids = drawn(code.mutants, { tests, testsMs, histories, ...rest });
  const hands = Array.from({ length: Math.max(1, availableParallelism()) }, () => new Hand(code));
  try {
    const refused = await refusedOf(ids, code, new Kept('refused'), (left) =>
      progress(`looking what the compiler refuses: ${left} rounds left`),
    );
    const toTry = ids.filter((id) => !refused.has(id));
    const files = new Set(toTry.map((id) => code.mutants[id]?.file ?? ''));
    const chosen = testsThatLoad(files).filter(
      (file) => tests.length === 0 || tests.some((place) => file.startsWith(place)),
    );
    const coverage = await coverageBy(chosen, code, hands, new Kept('coverage'), (done) =>
      progress(`looking what is reached: ${done} of ${chosen.length} files of tests`),
    );
    const results = await judged(toTry, code, coverage, hands);
    return tell([...[...refused].map((id) => resultOf(code, id, theCompiler)), ...results], code, coverage);
  } finally {
    for (const hand of hands) await hand.end();
    progress('');
  }
}

async function judged(
  ids: readonly number[],
  code: MutatedCode,
  coverage: Coverage,
  hands: readonly Hand[],
): Promise<readonly Result[]> {
  const trial = new Trial(code, coverage, wanted, new Kept('verdicts'));
  const results: Result[] = [];
  const waiting = [...ids];
  const work = async (hand: Hand): Promise<void> => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      results.push(resultOf(code, id, await trial.verdictOn(id, hand)));
      if (results.length % 50 === 0) trial.save();
      progress(`${results.length} of ${ids.length}, ${results.filter(isLeft).length} left`);
    }
  };
  try {
    await Promise.all(hands.map(work));
  } finally {
    trial.save();
  }
  return results;
}

const theCompiler: Verdict = { outcome: 'refused', by: null, notTried: 0 };
const explanations = Explanations.read();

function resultOf(code: MutatedCode, id: number, verdict: Verdict): Result {
  const mutant = mutantOf(code, id);
  return { mutant, verdict, explanation: explanations.for(mutant) };
}

const isLeft = (one: Result): boolean => !isCaught(one) && one.explanation === null;

function tell(results: readonly Result[], code: MutatedCode, { leftOut }: Coverage): number {
  const left = results.filter(isLeft);
  const outdated = explanations.outdated(code.mutants);
  const needless = results.filter((one) => isCaught(one) && one.explanation !== null);
  if (wanted.asJson) console.log(JSON.stringify({ results, outdated, leftOut }));
  else {
    progress('');
    for (const one of leftOut) console.log(`left out, for it fails without a mutant: ${one}`);
    for (const result of left) console.log(survivorLines(result).join('\n'));
    if (left.length > 0)
      console.log(`\nFind them, or explain them in test/mutation/survivors.yaml:\n${entriesText(left)}`);
    for (const { file, was } of outdated)
      console.log(`explained, but not in the code any more: ${file}: ${was}`);
    for (const { mutant } of needless)
      console.log(`explained, but caught: ${mutant.file}:${mutant.line} ${mutant.was}`);
    console.log(folderLines(results).join('\n'));
    console.log(shareLines(results, code.mutants.length).join('\n'));
  }
  const failed = left.length + outdated.length + needless.length;
  if (!wanted.asJson) console.log(`${results.length - left.length} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

process.exitCode = await run(wanted);
