import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable, within } from '../platform/database/tenant-table.js';

/** What a reviewer asks for at one field of a report: kept when it is done, so that one can read what was asked. */
export class ReportComments1767300100000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      tenantTable(
        'report_comments',
        `
          spend_report_id uuid NOT NULL,
          -- The field: /story, /learning or /lines/{goalId}.
          pointer text NOT NULL CHECK (pointer LIKE '/%'),
          comment text NOT NULL CHECK (comment <> ''),
          made_by uuid NOT NULL REFERENCES persons (id),
          made_at timestamptz NOT NULL,
          -- Set when the report is submitted again.
          done_by uuid REFERENCES persons (id),
          done_at timestamptz CHECK (done_at >= made_at),
          ${within('spend_report_id', 'spend_reports')},
          CHECK ((done_by IS NULL) = (done_at IS NULL))
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
    await db.query(`
      CREATE INDEX report_comments_by_report ON report_comments (spend_report_id, made_at);
      CREATE UNIQUE INDEX report_comments_one_open ON report_comments (spend_report_id, pointer) WHERE done_at IS NULL;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
