import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hunted } from './hunt.ts';
import { mutants } from './index.ts';
import type { Mutant } from './mutant.ts';

const root = join(import.meta.dirname, '../../../..');
const copied = ['src', 'schemas', 'test/simulation/histories', 'package.json'];

/** How long each is looked for. */
export interface HuntLimits {
  /** The first seed. */
  readonly from: number;
  readonly histories: number;
  readonly seconds: number;
  readonly steps: number;
}

/** Puts one fault after the other into a copy of the product, and lets the simulation look for it. 0: all were caught. */
export async function tryMutants(parts: readonly string[], limits: HuntLimits): Promise<number> {
  const isNamed = ({ sentence }: Mutant): boolean =>
    parts.some((part) => sentence.toLowerCase().includes(part.toLowerCase()));
  const chosen = parts.length === 0 ? mutants : mutants.filter(isNamed);
  const folder = await mkdtemp(join(tmpdir(), 'rung-mutants-'));
  try {
    for (const part of copied) await cp(join(root, part), join(folder, part), { recursive: true });
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    let caught = 0;
    for (const [index, mutant] of chosen.entries()) {
      process.stderr.write(`${index + 1} of ${chosen.length}: ${mutant.sentence} …\n`);
      const startedMs = performance.now();
      const outcome = await huntFor(folder, mutant, limits);
      const isCaught = typeof outcome !== 'string' && isCaughtBy(mutant, outcome);
      if (isCaught) caught += 1;
      const seconds = ((performance.now() - startedMs) / 1000).toFixed(0);
      console.log(`${isCaught ? '✓' : '✗'} ${mutant.sentence}\n  ${said(outcome)}, ${seconds} s`);
    }
    console.log(`${caught} passed, ${chosen.length - caught} failed`);
    return caught === chosen.length ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const isCaughtBy = ({ caughtBy }: Mutant, { broken }: Hunted): boolean =>
  broken !== null && caughtBy.includes(broken.invariant);

function said(outcome: Hunted | string): string {
  if (typeof outcome === 'string') return outcome;
  const { histories, broken } = outcome;
  return broken === null
    ? `nothing broke in ${histories} histories`
    : `${broken.problem} (seed ${broken.seed}, after ${histories} histories)`;
}

/** What the hunt found; or why it did not come to an end. */
async function huntFor(folder: string, { edits }: Mutant, limits: HuntLimits): Promise<Hunted | string> {
  try {
    for (const { file, from, to } of edits) {
      const text = await readFile(join(folder, file), 'utf8');
      if (text.split(from).length !== 2) return `${file} has "${from}" not once`;
      await writeFile(
        join(folder, file),
        text.replace(from, () => to),
      );
    }
    return await hunt(folder, limits);
  } finally {
    for (const { file } of edits) await cp(join(root, file), join(folder, file));
  }
}

/** For the histories that are under way when the time is up. */
const graceSeconds = 60;

function hunt(folder: string, { from, histories, seconds, steps }: HuntLimits): Promise<Hunted | string> {
  return new Promise((resolve, reject) => {
    const program = join(folder, 'test/simulation/histories/mutants/hunt.ts');
    const running = spawn(process.execPath, [program, ...[from, histories, steps, seconds].map(String)], {
      stdio: ['pipe', 'pipe', 'inherit'],
      timeout: (seconds + graceSeconds) * 1000,
      killSignal: 'SIGKILL',
    });
    let told = '';
    running.stdout.setEncoding('utf8').on('data', (chunk: string) => (told += chunk));
    running.once('error', reject);
    running.once('close', (code) => {
      if (code === 0) resolve(JSON.parse(told) as Hunted);
      else
        resolve(
          code === null ? `killed: it came to no end in ${seconds + graceSeconds} s` : `ended with ${code}`,
        );
    });
  });
}
