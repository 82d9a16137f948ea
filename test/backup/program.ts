/** `rung backup` or `rung restore` in a process of its own, to be killed: says each step, and what it took at the end. */
import { backUp } from '../../src/main/backup/backup.ts';
import { restore } from '../../src/main/backup/restore.ts';

const [verb = '', file = '', dataFolder = '', databaseUrl] = process.argv.slice(2);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

try {
  if (verb === 'backup') await backUp({ file, dataFolder, keyFile: null });
  else await restore({ file, dataFolder, keyFile: null, replace: false, onStep: say }, databaseUrl);
  // In bytes.
  say(`done ${process.resourceUsage().maxRSS * 1024}`);
} catch (thrown) {
  say(`failed ${(thrown as { code?: string }).code ?? String(thrown)}`);
}
