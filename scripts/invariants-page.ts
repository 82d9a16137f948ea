import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chapters } from '../test/simulation/histories/invariants/index.ts';
import { mutants } from '../test/simulation/histories/mutants/index.ts';

const root = join(import.meta.dirname, '..');
const folder = 'test/simulation/histories/invariants';

const opening = `# Invariants

What holds whatever happens. A deterministic simulation tries thousands of histories, in which programs are killed and stopped
at every point, messages and answers are lost, clocks are wrong and people do things at the worst moment, and holds each commit
and each change of a gateway against these sentences ([how](decisions/0040-histories.md)). \`npm run simulation\` runs it;
\`npm run simulation -- --seed N\` does one history again, the same to the byte.

What each finds is shown by faults of design that are put into a copy of the product on purpose
([mutants](../test/simulation/histories/mutants/index.ts)): \`npm run simulation -- --mutants\` looks for every one.

This page is generated from the invariants themselves: \`npm run generate\`.
`;

/** docs/invariants.md, made from the invariants and the lines at which they stand. */
export async function invariantsPage(): Promise<string> {
  const parts = await Promise.all(
    chapters.map(async ({ title, file, invariants }) => {
      const lines = (await readFile(join(root, folder, file), 'utf8')).split('\n');
      const rows = invariants.map(({ id, sentence }) => {
        const line = lines.findIndex((one) => one.includes(`id: '${id}'`)) + 1;
        return `| ${sentence} | \`${id}\`, [${file}:${line}](../${folder}/${file}) | ${caughtBy(id)} |`;
      });
      return `## ${title}\n\n| what holds | checked by | finds, for example |\n|---|---|---|\n${rows.join('\n')}\n`;
    }),
  );
  return [opening, ...parts].join('\n');
}

const caughtBy = (id: string): string =>
  mutants
    .filter((mutant) => mutant.caughtBy[0] === id)
    .map(({ sentence }) => sentence)
    .join('<br>') || '–';
