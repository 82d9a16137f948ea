import { chapter } from '../explanation.ts';

const held = 'What serves goes on, and nothing is decided until the database is back. No promotion is lost.';
const mend = 'Trying again helps once that is put right.';

export const database = chapter(
  {
    title: 'The database',
    form: 'failure',
    look: 'The log of the control plane, and that of PostgreSQL; on a laptop both are in `.rung/logs`.',
    leaves: held,
  },
  {
    'database-away': {
      kind: 'unavailable',
      title: 'The database cannot be reached',
      because: 'PostgreSQL does not run, is starting, or is not where it is looked for.',
      wayOut: 'See that it runs and that DATABASE_URL is right. The connection comes back by itself.',
    },
    'database-silent': {
      kind: 'unavailable',
      title: 'The database takes what it is asked, and does not answer',
      because: 'The server is stopped or overloaded, or something holds a lock.',
      leaves: `${held} What was asked for last may have been done all the same.`,
      wayOut: [
        'See that the server is not stopped or overloaded.',
        'Look with `rung status` before you ask again.',
      ],
    },
    'database-busy': {
      kind: 'unavailable',
      title: 'The change collided with others many times',
      because: 'Many changes of the same thing came at once.',
      leaves: 'Nothing was changed.',
      wayOut: 'Try again in a moment.',
    },
    'database-full': {
      kind: 'unavailable',
      title: 'The disk of the database is full',
      because: 'PostgreSQL finds no space for what is to be written.',
      wayOut: 'Free some space on that disk, 200 MB are a good start. What waits goes on by itself.',
    },
    'database-password-wrong': {
      kind: 'unavailable',
      title: 'PostgreSQL refuses the name or the password',
      because:
        'DATABASE_URL has a wrong one, or a special character in it is not written as %40 and the like.',
      wayOut: 'Put the right name and password into DATABASE_URL.',
      again: mend,
    },
    'database-sign-in-refused': {
      kind: 'unavailable',
      title: 'PostgreSQL does not let the role in from here',
      because: 'The role may not log in, pg_hba.conf has no line for it, or the server asks for TLS.',
      wayOut:
        'Let the role log in, add the line; where TLS is asked for, end DATABASE_URL in `?sslmode=verify-full`.',
      again: mend,
    },
    'database-missing': {
      kind: 'unavailable',
      title: 'PostgreSQL has no database of that name',
      because: 'The name at the end of DATABASE_URL is of none.',
      wayOut: 'Make it with `createdb`, or name one that is there.',
      again: mend,
    },
    'database-rights-missing': {
      kind: 'unavailable',
      title: 'The role may not do what Rung has to do in the database',
      because: 'The database belongs to somebody else.',
      wayOut: 'Give Rung a database of its own: `alter database NAME owner to ROLE`.',
      again: mend,
    },
    'database-in-use': {
      kind: 'conflict',
      title: 'Another data folder’s control plane works on the database',
      because:
        'Keys, artifacts and the repository lie in the data folder: two folders on one database would be two truths.',
      leaves: 'Nothing was started; the other one goes on.',
      wayOut: [
        'Give this one a database of its own.',
        'For more control planes on that database, start it with --replicas where it runs.',
        'To move it here, end it there first (`rung down`) and bring its data folder along.',
      ],
    },
    'database-too-old': {
      kind: 'unavailable',
      title: 'The PostgreSQL is too old',
      because: 'Rung needs version 15 or newer.',
      wayOut: 'Name a newer server in DATABASE_URL, or start without it: then Rung brings its own.',
      again: mend,
    },
    'database-url-unreadable': {
      kind: 'invalid',
      title: 'DATABASE_URL is no address of a PostgreSQL',
      because: 'It is not written as an address, or a special character in it is not escaped.',
      wayOut:
        'Write it as postgresql://NAME:PASSWORD@HOST:5432/DATABASE, with special characters as %40 and the like.',
    },
    'migration-failed': {
      kind: 'defect',
      title: 'The database could not be brought up to date',
      because: 'A change of its tables failed; the reason stands with it in the log.',
      leaves: 'Nothing was changed in the database. The control plane does not start; what serves goes on.',
      wayOut: 'Run the version that worked before, and report this.',
    },
    'record-changed': {
      kind: 'conflict',
      title: 'Somebody else changed it meanwhile',
      because: 'Two asked for a change of the same thing, and the other was first.',
      leaves: 'The other’s change counts; yours was not made.',
      wayOut: 'Look at it again, and repeat what you still want.',
      again: 'Trying again helps, after looking.',
    },
    'read-only-written': {
      kind: 'defect',
      title: 'Something that only reads tried to write',
      because: 'A fault in Rung; the database refused it.',
      leaves: 'Nothing was changed.',
      wayOut: 'Please report it, with what the log of the control plane says.',
    },
    'statement-misshaped': {
      kind: 'defect',
      title: 'A statement to the database is asked otherwise than it was put together',
      because: 'A fault in Rung, noticed before anything was asked.',
      leaves: 'Nothing was read or changed.',
      wayOut: 'Please report it, with what the log of the control plane says.',
    },
    'not-ready': {
      kind: 'unavailable',
      title: 'The control plane is not ready to take work',
      because: 'It is starting, or its database is away.',
      wayOut: 'Wait. If it lasts, its log says what it waits for.',
    },
  },
);
