import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable, within } from '../platform/database/tenant-table.js';

/** What organisations do, apart from the goals they do it for; and how they say that the one leads to the other. */
export class Activities1767000006300 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      tenantTable(
        'theories_of_change',
        `
          organisation_id uuid NOT NULL,
          version integer NOT NULL CHECK (version > 0),
          statement text NOT NULL CHECK (statement <> ''),
          written_by uuid REFERENCES persons (id),
          written_at timestamptz NOT NULL,
          ${within('organisation_id', 'organisations')},
          CONSTRAINT theories_of_change_one_each UNIQUE (organisation_id, version)
        `,
        ['SELECT', 'INSERT'],
      ),
    );
    await db.query(
      tenantTable(
        'activities',
        `
          organisation_id uuid NOT NULL,
          name text NOT NULL CHECK (name <> ''),
          description text NOT NULL DEFAULT '',
          -- What it brings about for people; an activity alone changes nothing.
          outcome text NOT NULL CHECK (outcome <> ''),
          since_on date NOT NULL,
          until_on date CHECK (until_on >= since_on),
          added_by uuid REFERENCES persons (id),
          added_at timestamptz NOT NULL,
          version integer NOT NULL DEFAULT 1,
          ${within('organisation_id', 'organisations')},
          UNIQUE (organisation_id, name)
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
    // An activity without a row here is aligned with no goal: it is listed so, and nothing more.
    await db.query(
      tenantTable(
        'activity_goals',
        `
          activity_id uuid NOT NULL,
          goal_id uuid NOT NULL,
          ${within('activity_id', 'activities')},
          ${within('goal_id', 'goals')},
          UNIQUE (activity_id, goal_id)
        `,
        ['SELECT', 'INSERT', 'DELETE'],
      ),
    );
    await db.query(`CREATE INDEX activity_goals_by_goal ON activity_goals (goal_id)`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
