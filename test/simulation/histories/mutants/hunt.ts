import { search } from '../search.ts';

/** What one hunt for a mutant ended with. Printed as one line of JSON. */
export interface Hunted {
  readonly histories: number;
  /** null: none broke an invariant. */
  readonly broken: { readonly invariant: string; readonly seed: number; readonly problem: string } | null;
}

/** A program of its own, so that a mutant that never comes to an end can be killed: `hunt.ts FROM HISTORIES STEPS SECONDS`. */
const [from = '', histories = '', steps = '', seconds = ''] = process.argv.slice(2);
// Whoever started it holds this open, and may be gone.
process.stdin.on('end', () => process.exit(1)).resume();
let isFound = false;
const isTime = (): boolean => performance.now() < Number(seconds) * 1000;
const found = await search({
  first: Number(from),
  stepsEach: Number(steps),
  wantsMore: (begun) => !isFound && isTime() && begun < Number(histories),
  onDone: (sofar) => {
    isFound = sofar.broken.length > 0;
  },
});
const [first] = found.broken;
const hunted: Hunted = {
  histories: found.histories,
  broken: first === undefined ? null : { ...first, problem: first.problem.split('\n')[0] ?? '' },
};
console.log(JSON.stringify(hunted));
process.stdin.destroy();
