import { processEnvironment, readDatabaseConfig } from '../platform/config/config.js';
import { runMigrations } from './run-migrations.js';

/** `npm run cli -- migrate`: brings the schema up to date and gives the application its login. */
export async function run(): Promise<number> {
  const { migrationUrl, url } = readDatabaseConfig(processEnvironment());
  if (!migrationUrl) {
    console.error('MIGRATION_DATABASE_URL is not set: migrations need the owner of the schema.');
    return 2;
  }
  const applied = await runMigrations(migrationUrl, url);
  console.log(applied.length > 0 ? `Applied ${applied.join(', ')}.` : 'The schema is up to date.');
  return 0;
}
