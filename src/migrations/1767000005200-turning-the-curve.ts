import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable, within } from '../platform/database/tenant-table.js';

/** The story behind a curve, the partners in it, what works, and what is done about it. */
export class TurningTheCurve1767000005200 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      tenantTable(
        'curve_texts',
        `
          indicator_id uuid NOT NULL,
          section text NOT NULL CHECK (section IN ('story', 'whatWorks')),
          number integer NOT NULL CHECK (number > 0),
          body text NOT NULL,
          written_by uuid REFERENCES persons (id),
          written_at timestamptz NOT NULL,
          ${within('indicator_id', 'indicators')},
          UNIQUE (indicator_id, section, number)
        `,
        ['SELECT', 'INSERT'],
      ),
    );
    await db.query(
      tenantTable(
        'curve_partners',
        `
          indicator_id uuid NOT NULL,
          organisation_id uuid,
          name text NOT NULL CHECK (name <> ''),
          contribution text NOT NULL DEFAULT '',
          added_at timestamptz NOT NULL,
          ${within('indicator_id', 'indicators')},
          ${within('organisation_id', 'organisations')},
          UNIQUE (indicator_id, name)
        `,
        ['SELECT', 'INSERT', 'DELETE'],
      ),
    );
    await db.query(
      tenantTable(
        'curve_actions',
        `
          indicator_id uuid NOT NULL,
          title text NOT NULL CHECK (title <> ''),
          detail text NOT NULL DEFAULT '',
          owner_id uuid NOT NULL REFERENCES persons (id),
          starts_on date NOT NULL,
          due_on date NOT NULL,
          state text NOT NULL CHECK (state IN ('open', 'done', 'dropped')),
          ended_on date,
          note text NOT NULL DEFAULT '',
          created_at timestamptz NOT NULL,
          version integer NOT NULL DEFAULT 1,
          ${within('indicator_id', 'indicators')},
          CHECK (due_on >= starts_on),
          CHECK ((state = 'open') = (ended_on IS NULL)),
          CHECK (state <> 'dropped' OR note <> '')
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
    await db.query(`CREATE INDEX curve_actions_by_indicator ON curve_actions (indicator_id, due_on)`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
