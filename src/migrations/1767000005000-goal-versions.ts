import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable, within } from '../platform/database/tenant-table.js';

/** What a goal said, version by version: nothing that it ever said is lost. */
export class GoalVersions1767000005000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      tenantTable(
        'goal_versions',
        `
          goal_id uuid NOT NULL,
          number integer NOT NULL CHECK (number > 0),
          name text NOT NULL CHECK (name <> ''),
          description text NOT NULL,
          horizon_on date NOT NULL,
          reason text NOT NULL DEFAULT '',
          made_by uuid REFERENCES persons (id),
          made_at timestamptz NOT NULL,
          ${within('goal_id', 'goals')},
          UNIQUE (goal_id, number)
        `,
        ['SELECT', 'INSERT'],
      ),
    );
    // Of goals that were there before, the version that stands is the first that is known.
    await db.query(`
      INSERT INTO goal_versions (coalition_id, goal_id, number, name, description, horizon_on, made_at)
      SELECT coalition_id, id, version, name, description, horizon_on, created_at FROM goals
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
