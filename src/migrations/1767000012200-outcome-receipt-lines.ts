import type { MigrationInterface, QueryRunner } from 'typeorm';
import { within } from '../platform/database/tenant-table.js';

/** A line of the bank, or a part of one, may be what a payer of a bond has paid of an invoice. */
export class OutcomeReceiptLines1767000012200 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE bank_line_parts
        ADD COLUMN outcome_receipt_id uuid GENERATED ALWAYS AS (CASE kind WHEN 'outcomeReceipt' THEN subject_id END) STORED,
        ADD ${within('outcome_receipt_id', 'outcome_receipts')},
        DROP CONSTRAINT bank_line_parts_kind,
        ADD CONSTRAINT bank_line_parts_kind CHECK (kind IN ('disbursement', 'contribution', 'bankCharge', 'refund',
          'feePayment', 'grantReturn', 'outcomeReceipt')),
        ADD CONSTRAINT bank_line_parts_outcome_receipt_comes_in CHECK (kind <> 'outcomeReceipt' OR amount > 0);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
