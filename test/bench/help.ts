import { ownPrograms } from '../../scripts/tasks/own-programs.mjs';
import { type Run, runMeasured } from './kit/run-measured.ts';
import { median, row, sized, subject } from './row.ts';

const rounds = sized(40, 3);

subject({
  title: 'The command line',
  about: `\`rung --help\` beside a Node that does nothing, ${rounds} runs of each in turn. Medians.`,
});

const program = await ownPrograms();
const bare: Run[] = [];
const help: Run[] = [];
for (let round = 0; round < rounds; round += 1) {
  bare.push(await runMeasured(process.execPath, ['-e', '0']));
  help.push(await runMeasured(process.execPath, [program, '--help']));
}
for (const [what, of] of [
  ['rung --help, processor', ({ cpuMs }: Run) => cpuMs],
  ['rung --help, until it is there', ({ wallMs }: Run) => wallMs],
] as const) {
  const [figure, beside] = [median(help.map(of)), median(bare.map(of))];
  const reach = { text: '≤ 1.3 ×', holds: figure / beside <= 1.3 };
  row({ what, figure, unit: 'ms', beside: { what: 'bare Node', figure: beside }, reach });
}
