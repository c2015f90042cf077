import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { v7 as newId } from 'uuid';
import {
  type Actor,
  actorSettings,
  doorActor,
  jobActor,
  personActor,
} from '../../src/platform/database/actor.js';
import { createDatabase, type TestDatabase } from '../support/servers.js';
import { fillTwoCoalitions, type Side } from './two-coalitions.js';

const rowSecurityRefuses = '42501';
const foreignKeyRefuses = '23503';

let database: TestDatabase;
let owner: pg.Client;
let application: pg.Client;
let mine: Side;
let theirs: Side;
/** Every table with a coalition. */
let tenantTables: string[];
/** Every table that the application may read, but the list of migrations, which is about nobody. */
let readable: string[];

beforeAll(async () => {
  database = await createDatabase();
  owner = await connect(database.ownerUrl);
  application = await connect(database.appUrl);
  [mine, theirs] = await fillTwoCoalitions(owner);
  const tables = await owner.query<{ name: string; isTenant: boolean; isReadable: boolean }>(`
    SELECT c.relname AS name, has_table_privilege('tributary_application', c.oid, 'SELECT') AS "isReadable",
      EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'coalition_id') AS "isTenant"
    FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname <> 'migrations' ORDER BY 1`);
  tenantTables = tables.rows.filter(({ isTenant }) => isTenant).map(({ name }) => name);
  readable = tables.rows.filter(({ isReadable }) => isReadable).map(({ name }) => name);
});

afterAll(async () => {
  await application?.end();
  await owner?.end();
  await database?.drop();
});

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  return client;
}

/** Runs `work` as the application's login for an actor on a day, and undoes it. */
async function as<T>(actor: Actor | null, work: () => Promise<T>, today = '2026-11-23'): Promise<T> {
  await application.query('BEGIN');
  try {
    const settings = actor ? { ...actorSettings(actor), 'app.today': today } : {};
    for (const [name, value] of Object.entries(settings)) {
      await application.query(`SELECT set_config($1, $2, true)`, [name, value]);
    }
    return await work();
  } finally {
    await application.query('ROLLBACK');
  }
}

/** What a statement is answered: the rows it touched, or the SQLSTATE with which it was refused. */
async function attempt(sql: string, parameters: unknown[] = []): Promise<number | string> {
  await application.query('SAVEPOINT attempt');
  try {
    const { rowCount } = await application.query(sql, parameters);
    return rowCount ?? 0;
  } catch (error) {
    return (error as pg.DatabaseError).code ?? 'no code';
  } finally {
    await application.query('ROLLBACK TO SAVEPOINT attempt');
  }
}

/** The coalitions whose rows are seen in a table. */
async function coalitionsSeenIn(table: string): Promise<string[]> {
  const { rows } = await application.query<{ id: string }>(
    `SELECT DISTINCT coalition_id AS id FROM ${table} WHERE coalition_id IS NOT NULL`,
  );
  return rows.map(({ id }) => id);
}

async function countOf(table: string): Promise<number> {
  const { rows } = await application.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`);
  return rows[0]!.count;
}

/** Asks the same of every table, and gives back what is not as it should be. */
async function everywhere<T>(
  tables: string[],
  ask: (table: string) => Promise<T>,
  isRight: (answer: T) => boolean,
): Promise<[table: string, answer: T][]> {
  const wrong: [string, T][] = [];
  for (const table of tables) {
    const answer = await ask(table);
    if (!isRight(answer)) wrong.push([table, answer]);
  }
  return wrong;
}

const me = (): Actor => personActor(mine.people[0], 'Me');

describe('the wall between coalitions, held by PostgreSQL alone', () => {
  it('has something to hold on both sides of every table', async () => {
    expect(tenantTables.length).toBeGreaterThan(25);
    for (const side of [mine, theirs]) {
      const empty = await everywhere(
        tenantTables,
        async (table) =>
          (await owner.query(`SELECT 1 FROM ${table} WHERE coalition_id = $1 LIMIT 1`, [side.coalition]))
            .rowCount,
        (count) => count === 1,
      );
      expect(empty).toEqual([]);
    }
  });

  it('is forced on every tenant table, and on every table of people and their secrets', async () => {
    const open = await owner.query(`
      SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
        AND relname <> 'migrations' AND NOT (relrowsecurity AND relforcerowsecurity)`);
    expect(open.rows).toEqual([]);
  });

  it('shows a person every table of their own coalition, and nothing of the other', async () => {
    const wrong = await as(me(), () =>
      everywhere(tenantTables, coalitionsSeenIn, (seen) => seen.length === 1 && seen[0] === mine.coalition),
    );
    expect(wrong).toEqual([]);
    await as(me(), async () => {
      expect((await application.query(`SELECT id FROM coalitions`)).rows).toEqual([{ id: mine.coalition }]);
      const people = await application.query<{ id: string }>(`SELECT id FROM persons ORDER BY id`);
      expect(people.rows.map(({ id }) => id)).toEqual([...mine.people].sort());
    });
  });

  it('lets nobody write a row into the other coalition', async () => {
    const copyAcross = async (table: string) => {
      const { rows } = await owner.query<{ row: Record<string, unknown> }>(
        `SELECT to_jsonb(t) AS row FROM ${table} t WHERE coalition_id = $1 LIMIT 1`,
        [theirs.coalition],
      );
      const copy = { ...rows[0]!.row, id: newId() };
      const { rows: written } = await owner.query<{ columns: string }>(
        `SELECT string_agg(attname, ', ') AS columns FROM pg_attribute
         WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
        [table],
      );
      const { columns } = written[0]!;
      return attempt(
        `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM jsonb_populate_record(NULL::${table}, $1)`,
        [copy],
      );
    };
    const wrong = await as(me(), () =>
      everywhere(tenantTables, copyAcross, (answer) => answer === rowSecurityRefuses),
    );
    expect(wrong).toEqual([]);
  });

  it('lets nobody change, move or remove a row of the other coalition', async () => {
    const isHarmless = (answer: number | string) => answer === 0 || answer === rowSecurityRefuses;
    const touch = (table: string) =>
      attempt(`UPDATE ${table} SET coalition_id = coalition_id WHERE coalition_id = $1`, [theirs.coalition]);
    const remove = (table: string) =>
      attempt(`DELETE FROM ${table} WHERE coalition_id = $1`, [theirs.coalition]);
    const moveAway = (table: string) => attempt(`UPDATE ${table} SET coalition_id = $1`, [theirs.coalition]);
    await as(me(), async () => {
      expect(await everywhere(tenantTables, touch, isHarmless)).toEqual([]);
      expect(await everywhere(tenantTables, remove, isHarmless)).toEqual([]);
      expect(await everywhere(tenantTables, moveAway, (answer) => answer === rowSecurityRefuses)).toEqual([]);
    });
  });

  it('has no reference that could reach across: every foreign key between tenant tables names the coalition', async () => {
    const { rows } = await owner.query(`
      WITH tenant AS (SELECT attrelid, attnum FROM pg_attribute WHERE attname = 'coalition_id')
      SELECT f.conname FROM pg_constraint f
      JOIN tenant own ON own.attrelid = f.conrelid JOIN tenant other ON other.attrelid = f.confrelid
      WHERE f.contype = 'f' AND NOT EXISTS (
        SELECT 1 FROM unnest(f.conkey, f.confkey) AS pair (own_column, other_column)
        WHERE pair.own_column = own.attnum AND pair.other_column = other.attnum)`);
    expect(rows).toEqual([]);
  });

  it('refuses a pledge to the other coalition’s pool, even to the owner of the schema', async () => {
    const pledge = `INSERT INTO pledges (coalition_id, pool_id, funder_id, reference, currency, amount, state, created_at)
      VALUES ($1, $2, $3, 'across', 'GBP', 100, 'draft', '2026-01-01')`;
    const across = [mine.coalition, theirs.ids.pools![0], mine.ids.organisations![0]];
    await expect(owner.query(pledge, across)).rejects.toMatchObject({ code: foreignKeyRefuses });
    expect(await as(me(), () => attempt(pledge, across))).toBe(foreignKeyRefuses);
  });
});

describe('a report on both coalitions', () => {
  const both = newId();
  const run = newId();
  const file = newId();

  beforeAll(async () => {
    await owner.query(
      `INSERT INTO persons (id, name, email, created_at) VALUES ($1, 'Both', 'both@example.org', now())`,
      [both],
    );
    for (const side of [mine, theirs]) {
      await owner.query(
        `INSERT INTO memberships (coalition_id, person_id, role, since_on) VALUES ($1, $2, 'finance', '2026-01-01')`,
        [side.coalition, both],
      );
    }
    const coalitions = [mine.coalition, theirs.coalition];
    await owner.query('BEGIN');
    await owner.query(
      `INSERT INTO report_runs (id, coalition_id, coalition_ids, scope, pool_ids, report_kind, period_to, as_of, basis,
         formats, owner_id, asked_at, state)
       VALUES ($1, $2, $3, 'coalitions', '{}', 'poolPosition', '2026-11-23', now(), 'recorded', '{csv}', $4, now(), 'queued')`,
      [run, mine.coalition, coalitions, both],
    );
    await owner.query(
      `INSERT INTO stored_file_parts (coalition_id, file_id, number, content) VALUES ($1, $2, 1, 'all of it')`,
      [mine.coalition, file],
    );
    await owner.query(
      `INSERT INTO stored_files (id, coalition_id, coalition_ids, sha256, media_type, size_bytes, created_at)
       VALUES ($1, $2, $3, repeat('a', 64), 'text/csv', 9, now())`,
      [file, mine.coalition, coalitions],
    );
    await owner.query(
      `INSERT INTO report_files (coalition_id, run_id, format, file_id, file_name, sha256)
       VALUES ($1, $2, 'csv', $3, 'all.csv', repeat('a', 64))`,
      [mine.coalition, run, file],
    );
    await owner.query(
      `INSERT INTO mail_messages (coalition_id, person_id, to_address, template, subject, text_body, html_body, cause_kind,
         cause_id, cause_key, created_at)
       VALUES ($1, $2, 'both@example.org', 'financeReport', 'All', 'of it', 'of it', 'report.run', $3, 'all', now())`,
      [mine.coalition, both, run],
    );
    await owner.query('COMMIT');
  });

  const seenBy = (actor: Actor, today?: string) =>
    as(
      actor,
      async () => {
        const { rows } = await application.query<Record<string, number>>(
          `SELECT (SELECT count(*)::int FROM report_runs WHERE id = $1) AS runs,
             (SELECT count(*)::int FROM report_files WHERE run_id = $1) AS files,
             (SELECT count(*)::int FROM stored_files WHERE id = $2) AS stored,
             (SELECT count(*)::int FROM stored_file_parts WHERE file_id = $2) AS parts,
             (SELECT count(*)::int FROM mail_messages WHERE cause_id = $1) AS letters`,
          [run, file],
        );
        return rows[0];
      },
      today,
    );

  it('is seen whole by who sees both, and not at all, not even in its letters, by who sees one', async () => {
    const everything = { runs: 1, files: 1, stored: 1, parts: 1, letters: 1 };
    const nothing = { runs: 0, files: 0, stored: 0, parts: 0, letters: 0 };
    expect(await seenBy(personActor(both, 'Both'))).toEqual(everything);
    expect(await seenBy(me())).toEqual(nothing);
    expect(await seenBy(personActor(theirs.people[0], 'Theirs'))).toEqual(nothing);
    await owner.query(
      `UPDATE memberships SET role = 'partner', organisation_id = $3 WHERE person_id = $1 AND coalition_id = $2`,
      [both, theirs.coalition, theirs.ids.organisations![0]],
    );
    expect(await seenBy(personActor(both, 'Both'))).toEqual({ ...nothing, letters: 1 });
  });
});

describe('the application’s login', () => {
  it('without an actor, sees nothing of any table', async () => {
    const seen = await as(null, () => everywhere(readable, countOf, (count) => count === 0));
    expect(seen).toEqual([]);
    const stranger = personActor(newId(), 'Nobody');
    expect(await as(stranger, () => everywhere(readable, countOf, (count) => count === 0))).toEqual([]);
  });

  it('cannot take the wall down', async () => {
    await as(me(), async () => {
      expect(await attempt(`SET LOCAL ROLE tributary_owner`)).toBe(rowSecurityRefuses);
      expect(await attempt(`SET LOCAL session_replication_role = 'replica'`)).toBe(rowSecurityRefuses);
      expect(await attempt(`ALTER TABLE pledges DISABLE ROW LEVEL SECURITY`)).toBe(rowSecurityRefuses);
      expect(await attempt(`DROP POLICY pledges_visible ON pledges`)).toBe(rowSecurityRefuses);
      expect(await attempt(`TRUNCATE pledges`)).toBe(rowSecurityRefuses);
    });
    await as(me(), async () => {
      await application.query(`SET LOCAL row_security = off`);
      expect(await attempt(`SELECT 1 FROM pledges`)).toBe(rowSecurityRefuses);
    });
  });

  it('sees a coalition from the first day of a seat to its last, and not on the day before or after', async () => {
    const person = newId();
    await owner.query(
      `WITH person AS (
         INSERT INTO persons (id, name, email, created_at) VALUES ($1, 'Guest', 'guest@example.org', now()))
       INSERT INTO memberships (coalition_id, person_id, role, since_on, until_on)
       VALUES ($2, $1, 'observer', '2026-11-10', '2026-11-20')`,
      [person, theirs.coalition],
    );
    const seen = (today: string) => as(personActor(person, 'Guest'), () => countOf('pools'), today);
    expect(await seen('2026-11-09')).toBe(0);
    expect(await seen('2026-11-10')).toBe(1);
    expect(await seen('2026-11-20')).toBe(1);
    expect(await seen('2026-11-21')).toBe(0);
  });
});

describe('a job', () => {
  it('sees its own coalition only, whoever it works for', async () => {
    const isTheirs = (seen: string[]) => seen.length === 1 && seen[0] === theirs.coalition;
    for (const person of [undefined, mine.people[0]]) {
      const job = jobActor('test', theirs.coalition, person);
      const wrong = await as(job, () => everywhere(tenantTables, coalitionsSeenIn, isTheirs));
      expect(wrong).toEqual([]);
    }
  });
});

describe('a door', () => {
  const tablesSeenBy = (actor: Actor) =>
    as(actor, async () =>
      (await everywhere(readable, countOf, (count) => count === 0)).map(([table]) => table),
    );

  beforeAll(async () => {
    await owner.query(
      `INSERT INTO audit_events (at, job, action, subject_kind) VALUES (now(), 'test', 'person.signedIn', 'person')`,
    );
  });

  it('identity opens people, how they sign in, and their mails; and no coalition', async () => {
    expect(await tablesSeenBy(doorActor('identity', 'test'))).toEqual([
      'api_tokens',
      'audit_events',
      'calendar_links',
      'invitations',
      'mail_attachments',
      'mail_messages',
      'passwords',
      'persons',
      'sessions',
      'sign_in_attempts',
    ]);
    const audit = await as(doorActor('identity', 'test'), () => coalitionsSeenIn('audit_events'));
    expect(audit).toEqual([]);
  });

  it('scheduler opens what is due, in every coalition', async () => {
    expect(await tablesSeenBy(doorActor('scheduler', 'test'))).toEqual(['occurrences', 'outbox_messages']);
  });

  it('post opens mails, and of all files those that are attached to one', async () => {
    const post = doorActor('post', 'test');
    expect(await tablesSeenBy(post)).toEqual(['mail_attachments', 'mail_messages']);
    const file = mine.ids.stored_files![0];
    const attach = `INSERT INTO mail_attachments (mail_id, number, file_id, file_name) VALUES ($1, 2, $2, 'report.csv')`;
    await owner.query(attach, [mine.ids.mail_messages![0], file]);
    const files = await as(post, () => application.query(`SELECT id FROM stored_files`));
    expect(files.rows).toEqual([{ id: file }]);
  });
});
