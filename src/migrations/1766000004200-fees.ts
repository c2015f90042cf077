import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable, within } from '../platform/database/tenant-table.js';

/** Fees on what is received or on what is paid out, with a least and a most; and their payment to the host. */
export class Fees1766000004200 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE pools
        ADD COLUMN fee_on text NOT NULL DEFAULT 'receipt' CHECK (fee_on IN ('receipt', 'disbursement')),
        ADD COLUMN fee_minimum bigint NOT NULL DEFAULT 0 CHECK (fee_minimum >= 0),
        ADD COLUMN fee_cap bigint CHECK (fee_cap >= 0),
        ADD CONSTRAINT pools_fee_bounds CHECK (fee_cap >= fee_minimum);
      ALTER TABLE disbursements ADD COLUMN fee bigint NOT NULL DEFAULT 0 CHECK (fee >= 0);

      -- What is charged on an amount: the same as the rule in pools/fees, which a test holds it to. Half to even.
      CREATE FUNCTION fee_of(amount bigint, basis_points integer, minimum bigint, cap bigint) RETURNS bigint
      LANGUAGE sql IMMUTABLE AS $$
        SELECT least(greatest(minimum, (whole + CASE WHEN 2 * rest > 10000 OR (2 * rest = 10000 AND mod(whole, 2) = 1)
          THEN 1 ELSE 0 END)::bigint), cap)
        FROM (SELECT div(amount::numeric * basis_points, 10000) AS whole, mod(amount::numeric * basis_points, 10000) AS rest) AS parts
      $$;
      -- The host's fee on a payment of this amount; nothing where the pool charges on receipt, or not at all.
      CREATE FUNCTION payment_fee(pool pools, amount bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
        SELECT CASE WHEN pool.fee_on = 'disbursement' AND pool.fee_host_id IS NOT NULL
          THEN fee_of(amount, pool.fee_basis_points, pool.fee_minimum, pool.fee_cap) ELSE 0 END
      $$;
    `);
    await this.feePayments(db);
  }

  private async feePayments(db: QueryRunner): Promise<void> {
    await db.query(
      tenantTable(
        'fee_payments',
        `
          pool_id uuid NOT NULL,
          host_id uuid NOT NULL,
          amount bigint NOT NULL CHECK (amount > 0),
          currency text NOT NULL,
          state text NOT NULL CHECK (state IN ('proposed', 'approved', 'paid', 'rejected')),
          approval_id uuid NOT NULL,
          made_by uuid NOT NULL REFERENCES persons (id),
          made_at timestamptz NOT NULL,
          bank_reference text,
          paid_on date,
          paid_by uuid REFERENCES persons (id),
          entry_id uuid,
          ${within('pool_id', 'pools')},
          ${within('host_id', 'organisations')},
          ${within('approval_id', 'approvals')},
          ${within('entry_id', 'journal_entries')},
          CONSTRAINT fee_payments_bank_reference_once UNIQUE (pool_id, bank_reference),
          CHECK ((state = 'paid') = (entry_id IS NOT NULL)),
          CHECK (state <> 'paid' OR (bank_reference <> '' AND paid_on IS NOT NULL))
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
    await db.query(`
      CREATE FUNCTION refuse_unapproved_fee_payment() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.state IN ('approved', 'paid') AND NOT EXISTS (
          SELECT 1 FROM approvals WHERE id = NEW.approval_id AND subject_id = NEW.id AND state = 'approved'
        ) THEN
          RAISE EXCEPTION 'The payment of the fee is not approved.' USING ERRCODE = 'TR008';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER fee_payments_approved BEFORE INSERT OR UPDATE ON fee_payments
        FOR EACH ROW EXECUTE FUNCTION refuse_unapproved_fee_payment();
      CREATE INDEX fee_payments_by_pool ON fee_payments (pool_id);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
