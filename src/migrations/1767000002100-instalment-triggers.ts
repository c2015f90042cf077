import type { MigrationInterface, QueryRunner } from 'typeorm';
import { within } from '../platform/database/tenant-table.js';

/** Instalments that fall due after something happens: until then they are planned without a due date. */
export class InstalmentTriggers1767000002100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- A condition without a day holds nothing by itself: instalments fall due after it.
      ALTER TABLE conditions ALTER COLUMN applies_from DROP NOT NULL,
        ADD CHECK (kind <> 'date' OR applies_from IS NOT NULL);
      ALTER TABLE instalments ALTER COLUMN due_on DROP NOT NULL,
        -- What it falls due after; null beside a unit is the award itself.
        ADD COLUMN after_condition_id uuid,
        ADD COLUMN after_count integer CHECK (after_count >= 0),
        ADD COLUMN after_unit text CHECK (after_unit IN ('days', 'workingDays', 'months')),
        -- The latest day on which it is expected; the day agreed while it has no other.
        ADD COLUMN expected_on date,
        ADD ${within('after_condition_id', 'conditions')},
        ADD CHECK ((after_unit IS NULL) = (after_count IS NULL) AND (after_unit IS NULL) = (expected_on IS NULL)),
        ADD CHECK (after_condition_id IS NULL OR after_unit IS NOT NULL),
        ADD CHECK (due_on IS NOT NULL
          OR (after_condition_id IS NOT NULL AND state IN ('planned', 'cancelled') AND nominal_on = expected_on));
      CREATE INDEX instalments_waiting ON instalments (after_condition_id) WHERE due_on IS NULL AND state = 'planned';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
