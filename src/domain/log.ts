/** Where a program writes what it did. Facts are for machines, the sentence for people; neither holds a secret. */
export interface Log {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** For tests and for programs that have nobody to tell. */
export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} };
