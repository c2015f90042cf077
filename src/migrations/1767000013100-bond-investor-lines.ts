import type { MigrationInterface, QueryRunner } from 'typeorm';
import { within } from '../platform/database/tenant-table.js';

/** A line of the bank, or a part of one, may be what an investor of a bond pays in, an advance, or a distribution. */
export class BondInvestorLines1767000013100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    const columnOf = (kind: string, column: string, table: string) => `
      ADD COLUMN ${column} uuid GENERATED ALWAYS AS (CASE kind WHEN '${kind}' THEN subject_id END) STORED,
      ADD ${within(column, table)}`;
    await db.query(`
      ALTER TABLE bank_line_parts
        ${columnOf('drawdownReceipt', 'drawdown_receipt_id', 'drawdown_receipts')},
        ${columnOf('providerAdvance', 'provider_advance_id', 'provider_advances')},
        ${columnOf('distribution', 'distribution_id', 'distributions')},
        DROP CONSTRAINT bank_line_parts_kind,
        ADD CONSTRAINT bank_line_parts_kind CHECK (kind IN ('disbursement', 'contribution', 'bankCharge', 'refund',
          'feePayment', 'grantReturn', 'outcomeReceipt', 'drawdownReceipt', 'providerAdvance', 'distribution')),
        ADD CONSTRAINT bank_line_parts_of_investors CHECK (CASE kind
          WHEN 'drawdownReceipt' THEN amount > 0
          WHEN 'providerAdvance' THEN amount < 0
          WHEN 'distribution' THEN amount < 0
          ELSE true END);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
