import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from '../platform/database/tenant-table.js';

/** Schedules that a coalition uses again and again, by their names. A grant keeps a copy of the one it was drafted by. */
export class ScheduleTemplates1767000002200 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      tenantTable(
        'schedule_templates',
        `
          name text NOT NULL CHECK (name <> ''),
          -- Of its fixed amounts; null where it has none, and so fits every pool.
          currency text,
          shape jsonb NOT NULL,
          created_by uuid REFERENCES persons (id),
          created_at timestamptz NOT NULL,
          version integer NOT NULL DEFAULT 1,
          UNIQUE (coalition_id, name)
        `,
        ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
      ),
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
