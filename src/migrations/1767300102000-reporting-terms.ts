import type { MigrationInterface, QueryRunner } from 'typeorm';

const frequencies = `('monthly', 'quarterly', 'halfYearly', 'yearly', 'milestone', 'ownDates')`;
const usual = `'{"alignedTo": "term", "dueBy": "days", "graceDays": 0, "setUpMonths": 0, "days": []}'`;

/**
 * What a grant agrees about reporting beyond how often: periods of the calendar, own days and milestones, how the due
 * date is counted, days of grace and a set-up phase. What was agreed before stays what it was.
 */
export class ReportingTerms1767300102000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE grants
        DROP CONSTRAINT grants_reporting_frequency_check,
        ADD CONSTRAINT grants_reporting_frequency_check CHECK (reporting_frequency IN ${frequencies}),
        ADD COLUMN reporting_terms jsonb NOT NULL DEFAULT ${usual};
      ALTER TABLE requirements
        DROP CONSTRAINT requirements_frequency_check,
        ADD CONSTRAINT requirements_frequency_check CHECK (frequency IN ${frequencies}),
        ADD COLUMN terms jsonb NOT NULL DEFAULT ${usual};
      -- The last day of grace: a report that comes by then is not late.
      ALTER TABLE spend_reports ADD COLUMN late_after date;
      UPDATE spend_reports SET late_after = due_on;
      ALTER TABLE spend_reports
        ALTER COLUMN late_after SET NOT NULL,
        ADD CONSTRAINT spend_reports_grace CHECK (late_after >= due_on);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
