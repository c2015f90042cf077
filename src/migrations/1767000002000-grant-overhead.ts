import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The overhead rate that a grant was agreed with, exactly as typed: indirect costs = rate × direct costs. */
export class GrantOverhead1767000002000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE grants ADD COLUMN overhead_rate numeric CHECK (overhead_rate >= 0)`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
