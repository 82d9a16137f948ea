import { chapter } from '../explanation.ts';

const stays = 'Nothing was started, and nothing was changed.';

export const laptop = chapter(
  {
    title: 'Starting on a laptop',
    form: 'failure',
    look: ['The folder `.rung/logs` has a file for each program.', '`rung status` says what runs.'],
    leaves: stays,
  },
  {
    'already-running': {
      kind: 'conflict',
      title: 'Rung runs on this data folder already',
      because: 'One supervisor looks after one data folder; its process and its address are named.',
      leaves: 'The one that runs goes on.',
      wayOut: 'Use that one, end it with `rung down`, or choose another folder with `--data`.',
    },
    'data-folder-copied': {
      kind: 'conflict',
      title: 'The data folder is a copy of one that was running',
      because:
        'A folder that is copied file by file while the database writes is torn, and the programs that its records name are those of the original.',
      leaves: 'Nothing was started or ended. The original goes on.',
      wayOut: [
        'Make a backup of the one that runs (`rung backup`), and restore that (`rung restore`).',
        'Or end the original with `rung down`, and copy it then.',
        'Where the original is gone, and nothing wrote there any more when it was copied: delete `folder.json` in the copy.',
      ],
    },
    'not-running': {
      kind: 'unavailable',
      title: 'Nothing runs from the data folder',
      because: 'The folder is there, and no control plane runs from it.',
      wayOut: 'Start it with `rung up`, or name another place with `--data` or `--url`.',
      again: 'Trying again helps once it runs.',
    },
    'rung-down': {
      kind: 'unavailable',
      title: 'No control plane runs from the data folder',
      because: 'It was ended, or never started.',
      wayOut: 'Start it with `rung up`.',
      again: 'Trying again helps once it runs.',
    },
    'options-absent': {
      kind: 'absent',
      title: 'Nothing was started from the data folder yet',
      because: 'A program of Rung was started by itself, in a folder that `rung up` has not laid out.',
      wayOut: 'Start with `rung up`.',
    },
    'data-folder-unknown': {
      kind: 'absent',
      title: 'There is no data folder here',
      because: [
        'Neither this folder nor one above it has a `.rung`.',
        'It was to be deleted, and is no data folder: its name was mistyped.',
      ],
      wayOut: 'Start with `rung up`, or say where the control plane is with `--data` or `--url`.',
    },
    'data-folder-too-deep': {
      kind: 'invalid',
      title: 'The path of the data folder is too long',
      because: 'Sockets lie in it, and systems limit the length of a socket’s path to about 100 bytes.',
      wayOut: 'Choose a shorter one with `--data`.',
    },
    'data-folder-read-only': {
      kind: 'denied',
      title: 'Nothing can be written into the data folder',
      because: 'Its rights, or the disk, do not let this user.',
      wayOut: 'Choose another with `--data`, or make that one yours to write.',
    },
    'data-not-empty': {
      kind: 'conflict',
      title: 'The folder for the story is not empty',
      because: 'With `--once` the story is told on fresh data.',
      wayOut: 'Name an empty folder, or none.',
    },
    'disk-full': {
      kind: 'unavailable',
      title: 'The disk is full',
      because: 'The disk with the data folder has no room left.',
      leaves: 'What serves goes on as long as it does not write. What could not be written was not done.',
      wayOut: 'Free some space (200 MB are a good start), or choose a folder on another disk with `--data`.',
      again: 'Trying again helps once there is room.',
    },
    'port-taken': {
      kind: ['conflict', 'unavailable'],
      title: 'Another program listens on the port',
      because: [
        'The port that was asked for, or the fixed port of a service, is somebody else’s.',
        'Inside an environment a program took the port that an instance was given.',
      ],
      look: 'The failure names the port; `ss -ltnp` on Linux or `lsof -i :PORT` names the program.',
      leaves: 'Nothing listens there for Rung. An instance is started on another port by itself.',
      wayOut: [
        'End that program.',
        'Or take another one: `--port` for the control plane, `ports` in rung.yaml for a service.',
      ],
      again: 'A gateway tries again by itself, so it helps once the port is free.',
    },
    'address-taken': {
      kind: 'unavailable',
      title: 'The control plane cannot listen on its address',
      because: 'Another program listens there, or the address is not one of this machine.',
      leaves: 'The control plane did not start; what serves goes on.',
      wayOut: 'Choose another with `--port`, or end the program that listens there.',
      again: 'Trying again helps once the address is free.',
    },
    'socket-taken': {
      kind: 'conflict',
      title: 'Another control plane listens on the agents’ socket',
      because: 'Two were started on one data folder.',
      leaves: 'The first goes on.',
      wayOut: 'End the other one first, or give this one a data folder of its own.',
    },
    'control-plane-silent': {
      kind: 'unavailable',
      title: 'The control plane did not come up within a minute',
      because: 'It fails as it starts, or the machine is very busy; its last trouble stands in the failure.',
      leaves: 'The supervisor goes on trying; what served before goes on.',
      wayOut: 'Read its log, which the failure names, and mend what it says.',
    },
    'postgres-missing': {
      kind: 'unavailable',
      title: 'There is no PostgreSQL for this machine',
      because:
        'The optional package with its programs was not installed, or there is none for this platform.',
      leaves: stays,
      wayOut: [
        'Install again without `--omit=optional`.',
        'Or name a PostgreSQL of your own in DATABASE_URL.',
      ],
      again: 'Trying the same again does not help.',
    },
    'postgres-refuses-root': {
      kind: 'denied',
      title: 'PostgreSQL does not run as root',
      because: 'It refuses to, and nothing here lets it run as somebody else.',
      wayOut: 'Start as an ordinary user, or name a PostgreSQL of your own in DATABASE_URL.',
    },
    'postgres-password-lost': {
      kind: 'denied',
      title: 'The password file does not fit the database',
      because: 'The file `password` was replaced or lost, and the data beside it keeps the old one.',
      leaves: 'The data is untouched.',
      wayOut: 'Put the file back from a backup, or begin anew with another `--data` folder.',
    },
    'postgres-ended': {
      kind: 'unavailable',
      title: 'PostgreSQL does not start',
      because:
        'The disk is full, its data is damaged, or another one runs on it; its own words stand in the failure.',
      leaves: 'What serves goes on; nothing is decided meanwhile. The supervisor tries again.',
      wayOut: 'Read its log, which the failure names; free disk space, or use another `--data` folder.',
    },
    'postgres-not-initialised': {
      kind: 'unavailable',
      title: 'PostgreSQL could not lay out its data',
      because: 'The folder cannot be written, or has too little room.',
      leaves: stays,
      wayOut: 'See that the folder can be written and has 100 MB to spare.',
    },
    'story-waited': {
      kind: 'unavailable',
      title: 'The story waited in vain',
      because: 'Something that it tells did not happen in time, often because the machine is very busy.',
      leaves: 'What it started goes on until it is ended.',
      wayOut: [
        'See what happened: `rung log`, and the logs in the data folder.',
        'Tell it again on fresh data.',
      ],
    },
    'story-broken': {
      kind: 'conflict',
      title: 'The story went another way than it is told',
      because: 'What happened is not what the chapter expects.',
      leaves: 'What it started goes on until it is ended.',
      wayOut: [
        'See what happened: `rung log`',
        'Tell it again on fresh data; report it if it happens again.',
      ],
    },
    'story-step': {
      kind: 'defect',
      title: 'A step of the story failed',
      because: 'The failure that stands with it happened in that step.',
      leaves: 'What it started goes on until it is ended.',
      wayOut: 'Read the failure that stands with it; `rung explain CODE` knows its code.',
    },
  },
);
