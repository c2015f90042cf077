import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable, within } from '../platform/database/tenant-table.js';

/**
 * What a spend report says was read of indicators and performance measures: kept with it while it is written, and taken
 * as readings once it is handed in. A reading says which report it came in.
 */
export class ReportReadings1767400010000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      tenantTable(
        'report_readings',
        `
          spend_report_id uuid NOT NULL,
          indicator_id uuid,
          measure_id uuid,
          source text NOT NULL DEFAULT '',
          method text NOT NULL DEFAULT '',
          note text NOT NULL DEFAULT '',
          -- A list of {period, dimension, category, value, settled}: what is said, and what of it was taken as a reading.
          cells jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(cells) = 'array'),
          ${within('spend_report_id', 'spend_reports')},
          ${within('indicator_id', 'indicators')},
          ${within('measure_id', 'performance_measures')},
          CHECK (num_nonnulls(indicator_id, measure_id) = 1),
          UNIQUE NULLS NOT DISTINCT (spend_report_id, indicator_id, measure_id)
        `,
        ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
      ),
    );
    await db.query(`
      ALTER TABLE readings
        ADD COLUMN spend_report_id uuid,
        ADD FOREIGN KEY (coalition_id, spend_report_id) REFERENCES spend_reports (coalition_id, id),
        DROP CONSTRAINT readings_via_check,
        ADD CONSTRAINT readings_via_check CHECK (via IN ('form', 'paste', 'csv', 'api', 'report')),
        ADD CONSTRAINT readings_of_report CHECK ((via = 'report') = (spend_report_id IS NOT NULL));
      CREATE INDEX readings_by_report ON readings (spend_report_id) WHERE spend_report_id IS NOT NULL;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
