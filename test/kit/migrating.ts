/** Brings a database up to date: to be killed by a test. */
import { migrate } from '../../src/store/postgres/migrate.ts';

await migrate(process.env['TEST_URL'] ?? '');
