import { chapter } from '../explanation.ts';

export const backups = chapter(
  {
    title: 'Backups of the control plane',
    form: 'failure',
    look: 'The file of the backup, and the data folder that is restored into.',
    leaves: 'Nothing was written.',
  },
  {
    'backup-file-taken': {
      kind: 'conflict',
      title: 'There is a file of that name already',
      because: 'A backup is never written over another file.',
      wayOut: 'Name another file, or move that one away.',
    },
    'backup-damaged': {
      kind: 'invalid',
      title: 'The backup is not what was written',
      because: [
        'The file was cut off or changed on its way, or is no backup.',
        'While a backup was being made: a file changed under it.',
      ],
      look: 'The sentence names the entry; `tar -tvf FILE` lists all of them.',
      wayOut: ['Take another copy of the backup.', 'Where there is none, take an older backup.'],
    },
    'backup-newer': {
      kind: 'conflict',
      title: 'The backup was made by a newer version of Rung',
      because: 'It has tables or a format that this version does not know.',
      wayOut: 'Restore it with the version that made it, or a newer one.',
    },
    'backup-key-absent': {
      kind: 'absent',
      title: 'The key of the backup is not there',
      because: [
        'The file that `rung backup` wrote beside the backup lies elsewhere.',
        'The backup was made with `--without-keys`.',
      ],
      wayOut: [
        'Name the file with `--key`.',
        'Where it is lost: `--without-keys`. The control plane and its agents get new keys; commit `rung.keys.yaml` again.',
      ],
    },
    'backup-key-malformed': {
      kind: 'invalid',
      title: 'The file does not hold the key of a backup',
      because: 'Another file was named, or it was cut off.',
      wayOut: 'Name the file that `rung backup` wrote, or a new one to have a key made there.',
    },
    'backup-key-wrong': {
      kind: 'denied',
      title: 'This key does not open the keys in the backup',
      because: [
        'It is the key of another backup.',
        'Somebody changed the backup: the keys are bound to the rest of it.',
      ],
      wayOut: 'Name the key that belongs to it. If it is the one, do not trust this backup.',
    },
    'restore-target-taken': {
      kind: 'conflict',
      title: 'There is a control plane already where the backup is to go',
      because: 'The data folder or the database of DATABASE_URL is not empty.',
      wayOut: [
        'Restore into another folder with `--data`, or another database.',
        'Or say `--replace`: what is in the folder is moved aside, what is in the database is removed.',
      ],
    },
    'database-not-empty': {
      kind: 'conflict',
      title: 'The database holds a control plane’s memory already',
      because: 'Somebody else wrote there after it was looked at.',
      wayOut: 'See who uses that database; then restore again.',
      see: ['restore-target-taken'],
    },
    'control-plane-running': {
      kind: 'conflict',
      title: 'A control plane runs where the backup is to go',
      because: 'One of the data folder, or another one on the same database.',
      wayOut: 'End it with `rung down`, everywhere it runs; or restore elsewhere.',
    },
    'restore-unfinished': {
      kind: 'conflict',
      title: 'A restore into the data folder was interrupted',
      because: 'It was ended half-way, so that not everything is there.',
      leaves: 'Nothing was started. What is there is half of what the backup has.',
      wayOut: 'Do the restore again: it begins from the start.',
    },
    'restore-incomplete': {
      kind: 'defect',
      title: 'Not every row of the backup could be written',
      because: 'A mistake in Rung.',
      leaves: 'The database is as it was before; the data folder is known as not whole.',
      wayOut: 'Report it with the version of Rung and of PostgreSQL.',
    },
    'database-newer': {
      kind: 'conflict',
      title: 'A newer version of Rung brought the database up to date',
      because: 'This version is older than the one that was here last, and does not know its tables.',
      leaves: 'Nothing was changed in the database. What serves goes on.',
      wayOut: [
        'Start the newer version again.',
        'To go back for good, restore a backup from before it came.',
      ],
      see: ['restore-target-taken'],
    },
  },
);
