import type { MigrationInterface, QueryRunner } from 'typeorm';
import { within } from '../platform/database/tenant-table.js';

/** The decision by which a grant was awarded or amended, or a condition is met or waived. Text references stay readable. */
export class DecisionKeys1767000006200 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE grants ADD COLUMN decision_id uuid, ADD ${within('decision_id', 'decisions')};
      ALTER TABLE grant_versions ADD COLUMN decision_id uuid, ADD ${within('decision_id', 'decisions')};
      ALTER TABLE conditions ADD COLUMN decision_id uuid, ADD COLUMN waiver_decision_id uuid,
        ADD ${within('decision_id', 'decisions')}, ADD ${within('waiver_decision_id', 'decisions')},
        ADD CONSTRAINT conditions_decision_of_its_kind CHECK (decision_id IS NULL OR kind = 'decisionPassed');
      CREATE INDEX conditions_by_decision ON conditions (decision_id) WHERE decision_id IS NOT NULL;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
