import { resolve } from 'node:path';
import type { Cli } from '../cli.ts';
import { dataFolderOf, dataFolderToStart } from '../find/data-folder.ts';
import type { Restored } from '../programs.ts';
import { count, counted } from '../render/figures.ts';
import type { Look } from '../render/look.ts';

export interface BackupFlags {
  readonly json?: boolean;
  readonly data?: string;
  readonly key?: string;
  readonly withoutKeys?: boolean;
}

const keyFileOf = (cli: Cli, flags: BackupFlags, file: string): string | null =>
  flags.withoutKeys === true ? null : resolve(cli.cwd, flags.key ?? `${file}.key`);

export async function backup(cli: Cli, flags: BackupFlags, name: string): Promise<void> {
  const file = resolve(cli.cwd, name);
  const made = await cli.programs.backUp({
    dataFolder: await dataFolderOf(flags.data, cli),
    file,
    keyFile: keyFileOf(cli, flags, file),
  });
  cli.answer(flags, made, (view, look) => [
    `${look.style.good('✓')} ${view.file}, ${count(view.bytes)} bytes, as of ${view.takenAt}`,
    ...view.chains.map((chain) => `  ${chain.name} up to position ${chain.position} of its log`),
    view.keyFile === null
      ? '  The keys are left out: who restores it gets new ones, and agents have to be introduced anew.'
      : `  Its keys open with ${view.keyFile}${view.isNewKey ? ', which was made now' : ''}. Keep that apart from the backup.`,
  ]);
}

export interface RestoreFlags extends BackupFlags {
  readonly replace?: boolean;
}

export async function restore(cli: Cli, flags: RestoreFlags, name: string): Promise<void> {
  const file = resolve(cli.cwd, name);
  const restored = await cli.programs.restore({
    file,
    dataFolder: await dataFolderToStart(flags.data, cli),
    keyFile: keyFileOf(cli, flags, file),
    replace: flags.replace === true,
    onStep: (step) => {
      if (flags.json !== true) cli.note(`${step} …`);
    },
  });
  cli.answer(flags, restored, restoredLines);
}

const restoredLines = (view: Restored, look: Look): readonly string[] => [
  `${look.style.good('✓')} ${view.dataFolder}, as of ${view.takenAt}`,
  ...view.chains.map((chain) => `  ${chain.name} up to position ${chain.position} of its log`),
  ...view.lost.map(
    (one) => `  Lost: the agent of ${one.environment} vouched for the log up to position ${one.position}.`,
  ),
  ...(view.held > 0
    ? [`  Held until a person decides: ${counted(view.held, 'rollout')} that were under way.`]
    : []),
  ...(view.withdrawn > 0
    ? [`  Withdrawn, to be asked for again: ${counted(view.withdrawn, 'promotion')}.`]
    : []),
  ...(view.hasKeys ? [] : ['  Without its keys: new ones are made. Commit rung.keys.yaml after `rung up`.']),
  ...(view.movedTo === null ? [] : [`  What was there before lies in ${view.movedTo}`]),
  '  Next: rung up',
];
