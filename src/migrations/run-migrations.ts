import pg from 'pg';
import { createDataSource } from '../platform/database/data-source.js';
import { APPLICATION_ROLE } from '../platform/database/tenant-table.js';
import { migrations } from './index.js';

/**
 * Brings the schema up to date and gives the application its login. Returns the names of the migrations
 * that were applied.
 *
 * @param ownerUrl the schema's owner (may create roles)
 * @param appUrl   the application's login: created, or given this password, and made a member of the group
 *                 role that may use the tables and owns none of them
 */
export async function runMigrations(ownerUrl: string, appUrl: string): Promise<string[]> {
  await prepareRoles(ownerUrl, appUrl);
  const source = createDataSource({
    url: ownerUrl,
    applicationName: 'tributary migrate',
    migrations,
    poolSize: 2,
  });
  await source.initialize();
  try {
    const applied = await source.runMigrations();
    // The web process asks which migrations are there before it serves.
    await source.query(`GRANT SELECT ON migrations TO ${APPLICATION_ROLE}`);
    return applied.map((migration) => migration.name);
  } finally {
    await source.destroy();
  }
}

async function prepareRoles(ownerUrl: string, appUrl: string): Promise<void> {
  const login = new URL(appUrl);
  const user = decodeURIComponent(login.username);
  const database = decodeURIComponent(login.pathname.slice(1));
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    // Two processes may migrate at once; roles belong to the whole server.
    await client.query('SELECT pg_advisory_lock(762001)');
    const { rows } = await client.query<{ rolname: string }>(
      'SELECT rolname FROM pg_roles WHERE rolname IN ($1, $2)',
      [APPLICATION_ROLE, user],
    );
    const existing = rows.map((row) => row.rolname);
    if (!existing.includes(APPLICATION_ROLE)) await client.query(`CREATE ROLE ${APPLICATION_ROLE} NOLOGIN`);
    const password = pg.escapeLiteral(decodeURIComponent(login.password));
    const verb = existing.includes(user) ? 'ALTER' : 'CREATE';
    await client.query(`${verb} ROLE ${pg.escapeIdentifier(user)} LOGIN PASSWORD ${password}`);
    await client.query(`GRANT ${APPLICATION_ROLE} TO ${pg.escapeIdentifier(user)}`);
    await client.query(`GRANT CONNECT ON DATABASE ${pg.escapeIdentifier(database)} TO ${APPLICATION_ROLE}`);
    await client.query(`GRANT USAGE ON SCHEMA public TO ${APPLICATION_ROLE}`);
  } finally {
    await client.end();
  }
}
