import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { throughDoor } from '../../src/platform/database/door.js';
import type { Tx } from '../../src/platform/database/tx.js';
import { type Client, TestApp } from '../support/app.js';

let app: TestApp;
let ana: Client;

beforeAll(async () => {
  app = await TestApp.start();
  ana = await app.person('Ana');
  await app.person('A stranger');
});
afterAll(() => app.stop());

const peopleSeen = async (tx: Tx): Promise<string[]> =>
  (await tx.rows<{ name: string }>(`SELECT name FROM persons ORDER BY name`)).map(({ name }) => name);

describe('a door, opened within a transaction of a person', () => {
  it('shows what lies behind it, and closes again', async () => {
    await app.as(ana, async (tx) => {
      expect(await peopleSeen(tx)).toEqual(['Ana']);
      expect(await throughDoor(tx, 'identity', () => peopleSeen(tx))).toEqual(['A stranger', 'Ana']);
      expect(await peopleSeen(tx)).toEqual(['Ana']);
    });
  });

  it('stays open for whoever opened it first, when it is opened again inside', async () => {
    const seen = await app.as(ana, (tx) =>
      throughDoor(tx, 'identity', async () => {
        await throughDoor(tx, 'post', () => peopleSeen(tx));
        return peopleSeen(tx);
      }),
    );
    expect(seen).toEqual(['A stranger', 'Ana']);
  });

  it('closes after a refusal too', async () => {
    await app.as(ana, async (tx) => {
      await expect(throughDoor(tx, 'identity', () => Promise.reject(new Error('No.')))).rejects.toThrow(
        'No.',
      );
      expect(await peopleSeen(tx)).toEqual(['Ana']);
    });
  });

  it('does not hide what the database refused', async () => {
    const broken = app.as(ana, (tx) => throughDoor(tx, 'identity', () => tx.rows(`SELECT 1 / 0`)));
    await expect(broken).rejects.toThrow('division by zero');
  });

  it('lets nobody change or make a person but through it', async () => {
    await app.rows(
      `WITH c AS (INSERT INTO coalitions (name, kind, time_zone, business_day, created_at)
         VALUES ('Rivers', 'coordinating', 'Europe/London', 'following', '2025-01-01') RETURNING id)
       INSERT INTO memberships (coalition_id, person_id, role, since_on)
       SELECT c.id, p.id, 'observer', '2025-01-01' FROM c, persons p`,
    );
    await app.as(ana, async (tx) => {
      expect(await peopleSeen(tx)).toEqual(['A stranger', 'Ana']);
      expect(await tx.run(`UPDATE persons SET name = 'Changed' WHERE name = 'A stranger'`)).toBe(0);
      expect(await tx.run(`UPDATE persons SET name = 'Ana' WHERE id = $1`, [ana.id])).toBe(1);
    });
    const made = app.as(ana, (tx) =>
      tx.run(`INSERT INTO persons (email, name, created_at) VALUES ('new@example.org', 'New', $1)`, [tx.now]),
    );
    await expect(made).rejects.toThrow('row-level security');
  });
});
