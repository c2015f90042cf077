import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A corrected report takes the place of an accepted one, which stays to be read. Of the reports of a period exactly one
 * stands: a correction once it is accepted, what it supersedes until then.
 */
export class ReportCorrections1767300101000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE spend_reports
        ADD COLUMN stands boolean NOT NULL DEFAULT true,
        ADD COLUMN corrects_id uuid,
        ADD COLUMN correction_reason text,
        ADD FOREIGN KEY (coalition_id, corrects_id) REFERENCES spend_reports (coalition_id, id),
        ADD CHECK ((corrects_id IS NULL) = (correction_reason IS NULL)),
        ADD CHECK (correction_reason <> ''),
        DROP CONSTRAINT spend_reports_requirement_id_number_key,
        DROP CONSTRAINT spend_reports_requirement_id_period_from_key,
        DROP CONSTRAINT spend_reports_state_check,
        ADD CONSTRAINT spend_reports_state_check
          CHECK (state IN ('draft', 'submitted', 'returned', 'accepted', 'superseded', 'withdrawn')),
        DROP CONSTRAINT spend_reports_check1,
        ADD CONSTRAINT spend_reports_figures CHECK (
          num_nonnulls(opening, received, spent, closing)
            = CASE WHEN state IN ('submitted', 'accepted', 'superseded') THEN 4 ELSE 0 END),
        ADD CONSTRAINT spend_reports_standing CHECK (CASE
          WHEN state = 'superseded' THEN NOT stands
          WHEN state = 'accepted' OR corrects_id IS NULL THEN stands
          ELSE NOT stands END);
      CREATE UNIQUE INDEX spend_reports_one_stands ON spend_reports (requirement_id, number) WHERE stands;
      CREATE UNIQUE INDEX spend_reports_one_stands_from ON spend_reports (requirement_id, period_from) WHERE stands;
      CREATE UNIQUE INDEX spend_reports_one_correction ON spend_reports (corrects_id) WHERE state <> 'withdrawn';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
