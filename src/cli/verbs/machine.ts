import { resolve } from 'node:path';
import { confirm } from '../ask.ts';
import type { Cli } from '../cli.ts';
import { connected } from '../connect.ts';
import { dataFolderOf, dataFolderToStart } from '../find/data-folder.ts';
import type { ConnectionFlags } from '../find/place.ts';
import { counted, listed } from '../render/figures.ts';
import type { Look } from '../render/look.ts';
import { exactly } from '../render/time.ts';
import type { RunningProgram } from '../programs.ts';

export interface UpFlags {
  readonly data?: string;
  readonly file: string;
  readonly port?: number;
  readonly replicas?: number;
  readonly json?: boolean;
}

export async function up(cli: Cli, flags: UpFlags): Promise<void> {
  await cli.programs.up({
    dataFolder: await dataFolderToStart(flags.data, cli),
    file: resolve(cli.cwd, flags.file),
    port: flags.port,
    replicas: flags.replicas ?? 1,
    json: flags.json === true,
    stdout: cli.stdout,
    stderr: cli.stderr,
    signal: cli.signal,
  });
}

export interface DownFlags {
  readonly data?: string;
  readonly removeData?: boolean;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

export async function down(cli: Cli, flags: DownFlags): Promise<void> {
  const dataFolder = await dataFolderOf(flags.data, cli);
  const removeData = flags.removeData === true;
  if (flags.dryRun === true) {
    const running = await cli.programs.running(dataFolder);
    const facts = { wouldStop: running, wouldRemove: removeData ? dataFolder : null };
    cli.answer(flags, facts, (_, look) => [
      'Nothing was done. What would happen:',
      ...running.map((program) => `  stop ${programText(program, look)}`),
      ...(removeData ? [`  delete ${dataFolder} with its database, artifacts and keys, for good`] : []),
      ...(running.length === 0 && !removeData ? ['  nothing: nothing runs'] : []),
    ]);
    return;
  }
  if (removeData)
    await confirm(cli, `Delete ${dataFolder} with its database, artifacts and keys, for good?`, flags);
  const stopped = await cli.programs.down({ dataFolder, removeData });
  cli.answer(flags, { stopped, removed: removeData ? dataFolder : null }, (_, look) => [
    stopped.length === 0
      ? 'Nothing was running.'
      : `${look.style.good('✓')} Stopped ${counted(stopped.length, 'program')}: ${listed(stopped.map((one) => one.name))}.`,
    ...(removeData ? [`${look.style.good('✓')} Deleted ${dataFolder}.`] : []),
  ]);
}

const programText = (program: RunningProgram, look: Look): string =>
  `${program.name} ${look.style.faint(`(process ${String(program.pid)})`)}`;

export interface OpenFlags extends ConnectionFlags {
  readonly print?: boolean;
}

export async function open(cli: Cli, flags: OpenFlags): Promise<void> {
  const client = await connected(cli, flags);
  const link = await client.signInLink();
  const wanted = flags.print !== true && flags.json !== true && cli.stdout.isTTY === true;
  const opened = wanted && (await cli.programs.openInBrowser(link.url));
  cli.answer(flags, link, ({ url }) => [opened ? `Opened the board: ${url}` : url]);
  if (flags.json !== true)
    cli.note(`The link signs you in once, until ${exactly(link.expiresAt, cli.look())}.`);
}

export async function version(cli: Cli, flags: { readonly json?: boolean }): Promise<void> {
  const facts = { rung: cli.programs.version, node: process.versions.node, platform: process.platform };
  cli.answer(flags, facts, () => [`rung ${facts.rung}`]);
  await Promise.resolve();
}
