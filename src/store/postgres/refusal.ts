import { Failure } from '../../domain/failure.ts';

interface Words {
  readonly code: string;
  readonly sentence: string;
  readonly wayOut: string;
}

const passwordWrong: Words = {
  code: 'database-password-wrong',
  sentence: 'The PostgreSQL refuses the name or the password that it was given.',
  wayOut:
    'Put the right name and password into DATABASE_URL. Special characters in them are written as %40 and the like.',
};

/** Of PostgreSQL's own codes (appendix A of its manual), those that only its administrator can change. */
const words: Readonly<Record<string, Words>> = {
  '28P01': passwordWrong,
  '28000': {
    code: 'database-sign-in-refused',
    sentence: 'The PostgreSQL does not let this user in from here, whatever the password.',
    wayOut:
      'See that the role may log in and that pg_hba.conf has a line for it; where that asks for TLS, end DATABASE_URL in ?sslmode=verify-full.',
  },
  '53100': {
    code: 'database-full',
    sentence: 'The disk of the PostgreSQL is full.',
    wayOut:
      'Free some space there, 200 MB are a good start. What waits goes on by itself; nothing that was committed is lost.',
  },
  '3D000': {
    code: 'database-missing',
    sentence: 'The PostgreSQL has no database of that name.',
    wayOut: 'Make it with createdb, or put the name of one that is there at the end of DATABASE_URL.',
  },
  '42501': {
    code: 'database-rights-missing',
    sentence: 'The role of DATABASE_URL may not do in the database what Rung has to do there.',
    wayOut: 'Give Rung a database of its own whose owner the role is: alter database NAME owner to ROLE.',
  },
};

/** What the client itself says, and sends no code with. */
const askedForPassword = /client password must be a string/;

/** The database is there and says no; null where it was something else. Never holds a password. */
export function refusalOf(code: string, message: string, cause: unknown): Failure | null {
  const found = askedForPassword.test(message) ? passwordWrong : words[code];
  return found === undefined
    ? null
    : new Failure('unavailable', found.code, found.sentence, { wayOut: found.wayOut, cause });
}

export const rightsMissing = (): Failure | null => refusalOf('42501', '', undefined);
