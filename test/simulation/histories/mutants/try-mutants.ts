import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Mutant, mutants } from './mutants.ts';

const root = join(import.meta.dirname, '../../../..');
const copied = ['src', 'schemas', 'test/simulation/histories', 'package.json'];

/** Puts one fault after the other into a copy of the product, and lets the simulation look for it. */
export async function tryMutants(histories: number, named: string): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'rung-mutants-'));
  try {
    for (const part of copied) await cp(join(root, part), join(folder, part), { recursive: true });
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    let caught = 0;
    const chosen = mutants.filter(({ sentence }) => sentence.includes(named));
    for (const mutant of chosen) {
      const by = await breaksWith(folder, mutant, histories);
      const isCaught = by !== null && mutant.caughtBy.includes(by);
      if (isCaught) caught += 1;
      console.log(`${isCaught ? '✓' : '✗'} ${mutant.sentence} ${by === null ? 'Nothing broke.' : `[${by}]`}`);
    }
    console.log(`${caught} passed, ${chosen.length - caught} failed`);
    return caught === chosen.length ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The invariant that breaks first; null: none. */
async function breaksWith(folder: string, { edits }: Mutant, histories: number): Promise<string | null> {
  try {
    for (const { file, from, to } of edits) {
      const text = await readFile(join(folder, file), 'utf8');
      if (text.split(from).length !== 2) throw new Error(`${file} has "${from}" not once`);
      await writeFile(
        join(folder, file),
        text.replace(from, () => to),
      );
    }
    const said = await simulate(folder, ['--histories', String(histories), '--until-broken']);
    return /^✗ seed \d+: ([a-z-]+):/m.exec(said)?.[1] ?? null;
  } finally {
    for (const { file } of edits) await cp(join(root, file), join(folder, file));
  }
}

function simulate(folder: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const program = join(folder, 'test/simulation/histories/simulation.ts');
    const running = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    running.stdout.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
    running.once('error', reject);
    running.once('close', () => resolve(said));
  });
}
