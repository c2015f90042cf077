import pg from 'pg';
import { checks } from './checks.js';
import { processEnvironment, readDatabaseConfig } from './platform/config/config.js';
import { type CheckResult, describeResults, runChecks } from './platform/verify/check.js';

/** `npm run verify`: every invariant on the running database, a line each. Exit code 1 when one is broken. */
export async function run(): Promise<number> {
  const { migrationUrl, url } = readDatabaseConfig(processEnvironment());
  if (!migrationUrl) {
    console.error(
      'MIGRATION_DATABASE_URL is not set: the checks read every coalition, so they need the owner of the schema.',
    );
    return 2;
  }
  const client = new pg.Client({ connectionString: migrationUrl });
  await client.connect();
  try {
    console.log(`Verifying the database “${new URL(url).pathname.slice(1)}”`);
    const results = await runChecks(checks, async (sql) => (await client.query<CheckResult>(sql)).rows);
    console.log(describeResults(results));
    return results.some(({ broken }) => broken > 0) ? 1 : 0;
  } finally {
    await client.end();
  }
}
