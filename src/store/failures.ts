import { Failure } from '../domain/failure.ts';

/** Somebody else changed the record since it was read. */
export const recordChanged = (kind: string, id: string): Failure =>
  new Failure('conflict', 'record-changed', `The ${kind} ${id} was changed by somebody else meanwhile.`, {
    wayOut: 'Look at it again and repeat what you wanted.',
    facts: { kind, id },
  });

/** Retries ran out: too many wanted the same at once. */
export const databaseBusy = (attempts: number, cause: unknown): Failure =>
  new Failure('unavailable', 'database-busy', `The change collided with others ${attempts} times in a row.`, {
    wayOut: 'Nothing was changed. Try again in a moment.',
    cause,
  });

export const databaseAway = (cause: unknown): Failure =>
  new Failure('unavailable', 'database-away', 'The database cannot be reached.', {
    wayOut: 'Check that PostgreSQL runs and that the address is right; the connection comes back by itself.',
    cause,
  });

export const databaseSilent = (waitedMs: number): Failure =>
  new Failure(
    'unavailable',
    'database-silent',
    `The database takes what it is asked, and has not answered for ${waitedMs / 1000} s.`,
    {
      wayOut:
        'See that the server is not stopped or overloaded. What you asked for may have been done all the same: look before you ask again.',
    },
  );

export const checkpointUnknown = (position: number): Failure =>
  new Failure('absent', 'checkpoint-unknown', `There is no checkpoint at position ${position}.`, {
    wayOut: 'Countersign only what the control plane handed out as a checkpoint.',
  });

/** Only reached past the types: what reads is handed nothing to write with. */
export const readOnlyWritten = (cause?: unknown): Failure =>
  new Failure('defect', 'read-only-written', 'Something that only reads tried to write.', {
    wayOut: 'Nothing was changed. Please report this.',
    cause,
  });

/** So often is a transaction run before it gives up. */
export const transactionAttempts = 12;
