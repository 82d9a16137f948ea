/** A program the supervisor keeps running. */
export interface Program {
  /** Letters, digits and hyphens; names its record and its log. */
  readonly name: string;
  /** Asked before each start, so that it may look for the room the program belongs in. Never holds a secret. */
  readonly command: () => Promise<readonly string[]>;
  /** The whole environment of the program. Never holds a secret: those are handed over in files. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** From SIGTERM to SIGKILL. */
  readonly stopWithinMs: number;
}

/** In the data folder. */
export const folders = {
  run: 'run',
  logs: 'logs',
  environments: 'environments',
  postgres: 'postgres',
} as const;
/** In the run folder: the database's URL, password and all, for its owner alone. */
export const databaseUrlFile = 'database-url';
