import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable, within } from '../platform/database/tenant-table.js';

/** Files that a partner attaches to a spend report: a photo, a list of receipts. */
export class ReportAttachments1767400000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      tenantTable(
        'report_attachments',
        `
          spend_report_id uuid NOT NULL,
          file_id uuid NOT NULL,
          name text NOT NULL CHECK (name <> ''),
          added_by uuid NOT NULL REFERENCES persons (id),
          added_at timestamptz NOT NULL,
          ${within('spend_report_id', 'spend_reports')},
          ${within('file_id', 'stored_files')},
          UNIQUE (spend_report_id, file_id)
        `,
        ['SELECT', 'INSERT', 'DELETE'],
      ),
    );
    await db.query(`
      -- What was handed in stays as it was: files come and go only while the report is open for edits.
      CREATE FUNCTION keep_report_attachments() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF EXISTS (SELECT 1 FROM spend_reports r WHERE r.id = coalesce(NEW.spend_report_id, OLD.spend_report_id)
          AND r.state NOT IN ('draft', 'returned')) THEN
          RAISE EXCEPTION 'The report is handed in.' USING ERRCODE = 'TR002';
        END IF;
        RETURN coalesce(NEW, OLD);
      END $$;
      CREATE TRIGGER report_attachments_are_kept BEFORE INSERT OR DELETE ON report_attachments
        FOR EACH ROW EXECUTE FUNCTION keep_report_attachments();
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
