import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { systemClock } from '../../src/engine/clock.ts';
import { controlPlaneAtRest } from '../backup/control-plane.ts';
import { emptyDatabase } from '../kit/postgres.ts';
import { row, sized, subject } from './row.ts';

const few = sized(20_000, 500);
const many = 10 * few;
const program = fileURLToPath(new URL('../backup/program.ts', import.meta.url));
const mib = 1024 * 1024;

interface Took {
  readonly ms: number;
  readonly peakMib: number;
}

/** In a process of its own, whose memory is its own. */
async function measured(...args: readonly string[]): Promise<Took> {
  const startedMs = systemClock.monotonicMs();
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...args]);
  const bytes = /^done (?<bytes>\d+)$/mu.exec(stdout)?.groups?.['bytes'];
  if (bytes === undefined) throw new Error(`${args.join(' ')}: ${stdout}`);
  return { ms: systemClock.monotonicMs() - startedMs, peakMib: Number(bytes) / mib };
}

async function thereAndBack(
  events: number,
): Promise<{ readonly there: Took; readonly back: Took; readonly bytes: number }> {
  await using made = await controlPlaneAtRest();
  await made.log(events);
  const file = join(made.folder, 'b.rung-backup');
  const there = await measured('backup', file, made.data.root);
  const { url, drop } = await emptyDatabase();
  const back = await measured('restore', file, join(made.folder, 'again'), url);
  await drop();
  return { there, back, bytes: (await stat(file)).size };
}

subject({
  title: 'Backup and restore',
  about: `The control plane's own memory with ${many} events in its log, beside a tenth of them; each in a process of its own.`,
});

const [small, large] = [await thereAndBack(few), await thereAndBack(many)];
for (const [what, of] of [
  ['backup', 'there'],
  ['restore', 'back'],
] as const) {
  const [before, after] = [small[of], large[of]];
  row({
    what: `${what}, ${many} events`,
    figure: after.ms / 1000,
    unit: 's',
    note: `${Math.round(large.bytes / mib)} MiB`,
  });
  row({
    what: `${what}, memory at its highest`,
    figure: after.peakMib,
    unit: 'MiB',
    beside: { what: `${few} events`, figure: before.peakMib },
    reach: { text: '≤ 1.5 ×', holds: after.peakMib <= 1.5 * before.peakMib },
  });
}
