import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowSecurity } from '../platform/database/tenant-table.js';

/** Lists as a person narrowed and sorted them, kept under a name. */
export class SavedViews1765000009000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE saved_views (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        person_id uuid NOT NULL REFERENCES persons (id),
        path text NOT NULL CHECK (path ~ '^/[^/?#][^?#]*$'),
        query text NOT NULL,
        name text NOT NULL CHECK (name <> ''),
        created_at timestamptz NOT NULL,
        CONSTRAINT saved_views_name_once UNIQUE (person_id, path, name)
      );
    `);
    await db.query(
      rowSecurity('saved_views', 'person_id = current_person()', ['SELECT', 'INSERT', 'UPDATE', 'DELETE']),
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
