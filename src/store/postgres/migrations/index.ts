import * as spine from './0001-spine.ts';
import * as gates from './0002-gates.ts';
import * as payloadExpiry from './0003-payload-expiry.ts';
import * as heard from './0004-heard.ts';
import * as buildsInTurn from './0005-builds-in-turn.ts';
import * as payloadsByAge from './0006-payloads-by-age.ts';

/** In the order in which they are applied. Never change one that was released: add another. */
export const migrations = {
  '0001-spine': spine,
  '0002-gates': gates,
  '0003-payload-expiry': payloadExpiry,
  '0004-heard': heard,
  '0005-builds-in-turn': buildsInTurn,
  '0006-payloads-by-age': payloadsByAge,
};

export type MigrationName = keyof typeof migrations;

export const isMigration = (name: string): name is MigrationName => Object.hasOwn(migrations, name);
