import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowSecurity } from '../platform/database/tenant-table.js';

/** Private links to a person's dates, for the calendar they live with. */
export class CalendarLinks1767300000100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE calendar_links (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        person_id uuid NOT NULL REFERENCES persons (id),
        name text NOT NULL CHECK (name <> ''),
        secret_hash text NOT NULL UNIQUE CHECK (secret_hash ~ '^[0-9a-f]{64}$'),
        created_at timestamptz NOT NULL,
        last_used_at timestamptz,
        revoked_at timestamptz
      );
      CREATE INDEX calendar_links_of_person ON calendar_links (person_id, created_at DESC);
    `);
    await db.query(
      rowSecurity('calendar_links', `person_id = current_person() OR door('identity')`, [
        'SELECT',
        'INSERT',
        'UPDATE',
      ]),
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
