import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { SystemClock } from '../../src/platform/clock.js';
import { type Actor, jobActor, personActor } from '../../src/platform/database/actor.js';
import { createDataSource } from '../../src/platform/database/data-source.js';
import { Database, inTransaction } from '../../src/platform/database/database.js';
import { throughDoor } from '../../src/platform/database/door.js';
import { createDatabase, type TestDatabase } from '../support/servers.js';
import { fillTwoCoalitions, type Side } from './two-coalitions.js';

let database: TestDatabase;
let source: DataSource;
let db: Database;
let mine: Side;
let theirs: Side;

beforeAll(async () => {
  database = await createDatabase();
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  [mine, theirs] = await fillTwoCoalitions(owner);
  await owner.end();
  source = createDataSource({ url: database.appUrl, applicationName: 'test', poolSize: 1 });
  await source.initialize();
  db = new Database(source, new SystemClock());
});

afterAll(async () => {
  await source?.destroy();
  await database?.drop();
});

const me = (): Actor => personActor(mine.people[0], 'Me');

describe('a connection of the pool', () => {
  it('keeps nothing of whoever used it before, also after an error', async () => {
    const pools = (actor: Actor) =>
      inTransaction(db, actor, (tx) => tx.rows<{ id: string }>(`SELECT coalition_id AS id FROM pools`));
    expect(await pools(me())).toEqual([{ id: mine.coalition }]);
    expect(await source.query(`SELECT 1 FROM pools`)).toEqual([]);
    expect(await pools(jobActor('test', theirs.coalition))).toEqual([{ id: theirs.coalition }]);
    expect(await pools(me())).toEqual([{ id: mine.coalition }]);
    await expect(
      inTransaction(db, jobActor('test', theirs.coalition), (tx) => tx.rows(`SELECT 1 / 0`)),
    ).rejects.toThrow('division by zero');
    expect(await source.query(`SELECT 1 FROM pools`)).toEqual([]);
    expect(await pools(personActor(theirs.people[0], 'They'))).toEqual([{ id: theirs.coalition }]);
  });

  it('plans a statement once for everybody, and shows each their own', async () => {
    const seen = (side: Side) =>
      inTransaction(db, personActor(side.people[0], 'Somebody'), (tx) =>
        tx.rows<{ id: string }>(`SELECT coalition_id AS id FROM pools WHERE currency = $1`, ['GBP']),
      );
    // PostgreSQL may take the general plan of a prepared statement from its sixth run on.
    for (let turn = 0; turn < 12; turn += 1) {
      const side = turn % 3 === 0 ? theirs : mine;
      expect(await seen(side)).toEqual([{ id: side.coalition }]);
    }
    const prepared = await source.query<{ runs: number }[]>(
      `SELECT (generic_plans + custom_plans)::int AS runs FROM pg_prepared_statements
       WHERE statement LIKE 'SELECT coalition_id AS id FROM pools WHERE currency%'`,
    );
    expect(prepared).toEqual([{ runs: 12 }]);
  });

  it('has its door closed behind a step that went through it, also when the step was refused', async () => {
    await inTransaction(db, me(), async (tx) => {
      const everybody = await throughDoor(tx, 'identity', () => tx.rows(`SELECT 1 FROM persons`));
      expect(everybody.length).toBeGreaterThan(mine.people.length);
      expect(await tx.rows(`SELECT 1 FROM persons`)).toHaveLength(mine.people.length);
      const refused = throughDoor(tx, 'identity', () => Promise.reject(new Error('refused')));
      await expect(refused).rejects.toThrow('refused');
      expect(await tx.rows(`SELECT 1 FROM passwords`)).toEqual([]);
    });
  });
});
