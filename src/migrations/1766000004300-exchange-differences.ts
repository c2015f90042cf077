import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Payments in another currency keep what the payee got, and what left the account. */
export class ExchangeDifferences1766000004300 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE disbursements
        -- In the pool's currency; null where exactly the amount left the account.
        ADD COLUMN charged_amount bigint CHECK (charged_amount > 0),
        ADD COLUMN paid_amount bigint CHECK (paid_amount > 0),
        ADD COLUMN paid_currency text CHECK (paid_currency <> currency),
        ADD CONSTRAINT disbursements_paid_in_a_currency CHECK (num_nonnulls(paid_amount, paid_currency) <> 1),
        ADD CONSTRAINT disbursements_difference_is_foreign CHECK (charged_amount IS NULL OR paid_currency IS NOT NULL);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
