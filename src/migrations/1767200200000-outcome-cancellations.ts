import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable, within } from '../platform/database/tenant-table.js';

/** What is open of an outcome invoice may be cancelled, for a reason and by two people. */
export class OutcomeCancellations1767200200000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE outcome_invoices
        ADD COLUMN cancelled bigint NOT NULL DEFAULT 0 CHECK (cancelled >= 0),
        ADD CONSTRAINT outcome_invoices_not_beyond CHECK (received + cancelled <= amount);
    `);
    await db.query(
      tenantTable(
        'outcome_cancellations',
        `
          invoice_id uuid NOT NULL,
          pool_id uuid NOT NULL,
          -- All that was open of the invoice when it was asked for.
          amount bigint NOT NULL CHECK (amount > 0),
          currency text NOT NULL,
          occurred_on date NOT NULL,
          reason text NOT NULL CHECK (reason <> ''),
          state text NOT NULL CHECK (state IN ('proposed', 'approved', 'rejected')),
          approval_id uuid NOT NULL,
          made_by uuid NOT NULL REFERENCES persons (id),
          made_at timestamptz NOT NULL,
          entry_id uuid,
          ${within('invoice_id', 'outcome_invoices')},
          ${within('pool_id', 'pools')},
          ${within('approval_id', 'approvals')},
          ${within('entry_id', 'journal_entries')},
          CHECK ((state = 'approved') = (entry_id IS NOT NULL))
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
    await db.query(`
      CREATE TRIGGER outcome_cancellations_approved BEFORE INSERT OR UPDATE ON outcome_cancellations
        FOR EACH ROW EXECUTE FUNCTION refuse_unapproved_of_bond();
      CREATE INDEX outcome_cancellations_by_invoice ON outcome_cancellations (invoice_id);
      CREATE UNIQUE INDEX outcome_cancellations_one_waits ON outcome_cancellations (invoice_id) WHERE state = 'proposed';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
