import type { MigrationInterface, QueryRunner } from 'typeorm';
import { within } from '../platform/database/tenant-table.js';

/** A line of the bank may be found to be a charge, as it may be a payment or a contribution. */
export class PostedBankLines1766000004400 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE bank_statement_lines
        ADD COLUMN bank_charge_id uuid,
        ADD ${within('bank_charge_id', 'bank_charges')},
        DROP CONSTRAINT bank_statement_lines_check,
        ADD CONSTRAINT bank_statement_lines_matched CHECK (
          (state = 'matched') = (num_nonnulls(disbursement_id, contribution_id, bank_charge_id) = 1));
      CREATE UNIQUE INDEX bank_statement_lines_one_per_charge ON bank_statement_lines (bank_charge_id)
        WHERE bank_charge_id IS NOT NULL;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
