import { Client } from 'pg';

/** Migrated once; every test database is a copy of it. */
export const templateName = 'rung_template';

/** Runs one statement on a connection of its own. */
export async function inDatabase(url: string, database: string, statement: string): Promise<void> {
  const address = new URL(url);
  address.pathname = database;
  const client = new Client({ connectionString: address.href });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
