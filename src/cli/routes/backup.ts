import { one, word } from '../arguments.ts';
import { command } from '../context.ts';
import { described } from '../described.ts';
import { dataFlag, jsonFlag, onOff, optionalText } from '../flags.ts';

const keyFlags = {
  key: optionalText('File with the key that seals keys; else FILE.key', 'KEYFILE'),
  withoutKeys: onOff('Leave the keys out'),
} as const;

export const backup = command({
  verb: async () => (await import('../verbs/backup.ts')).backup,
  parameters: {
    flags: { ...jsonFlag, ...dataFlag, ...keyFlags },
    positional: one(word('FILE', 'File to write; never over another')),
  },
  docs: described(
    'Put all that the control plane needs to go on into one file',
    'The database as it is at one moment, the repository, the artifacts, and the keys, sealed with a key of their own.\nWorks while everything runs, rollouts too. Keep KEYFILE apart from FILE: it opens the keys in it.',
    ['rung backup access.rung-backup', 'rung backup /mnt/backups/monday --key ~/rung-backup.key'],
  ),
});

export const restore = command({
  verb: async () => (await import('../verbs/backup.ts')).restore,
  parameters: {
    flags: {
      ...jsonFlag,
      ...dataFlag,
      ...keyFlags,
      replace: onOff('Move aside what is in the data folder, and remove what is in the database'),
    },
    positional: one(word('FILE', 'File made by `rung backup`')),
  },
  docs: described(
    'Make a data folder of a backup, for `rung up` to go on from',
    'Verifies all of it before anything is written. With DATABASE_URL the database is filled there, else in the folder.\nThe log says that it was restored. Rollouts that were under way are held, and what waited is withdrawn.',
    ['rung restore access.rung-backup', 'rung restore access.rung-backup --data /var/lib/rung --replace'],
  ),
});
