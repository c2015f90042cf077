import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APPLICATION_ROLE, tenantTable, within } from '../platform/database/tenant-table.js';

/** Approved payments gathered into one file for the bank. */
export class PaymentBatches1765000006100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      tenantTable(
        'payment_batches',
        `
          pool_id uuid NOT NULL,
          number integer NOT NULL CHECK (number > 0),
          execution_on date NOT NULL,
          currency text NOT NULL,
          total bigint NOT NULL CHECK (total > 0),
          debtor_name text NOT NULL,
          debtor_iban text NOT NULL,
          debtor_bic text,
          state text NOT NULL CHECK (state IN ('open', 'released', 'sent', 'done', 'withdrawn')),
          approval_id uuid NOT NULL,
          made_by uuid NOT NULL REFERENCES persons (id),
          made_at timestamptz NOT NULL,
          released_at timestamptz,
          sent_at timestamptz,
          sent_by uuid REFERENCES persons (id),
          ended_at timestamptz,
          withdraw_reason text,
          version integer NOT NULL DEFAULT 1,
          ${within('pool_id', 'pools')},
          ${within('approval_id', 'approvals')},
          UNIQUE (pool_id, number),
          CHECK ((state = 'withdrawn') = (withdraw_reason IS NOT NULL)),
          CHECK ((state IN ('done', 'withdrawn')) = (ended_at IS NOT NULL)),
          CHECK (state NOT IN ('released', 'sent') OR released_at IS NOT NULL)
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
    await db.query(
      tenantTable(
        'payment_batch_lines',
        `
          batch_id uuid NOT NULL,
          disbursement_id uuid NOT NULL,
          number integer NOT NULL CHECK (number > 0),
          amount bigint NOT NULL CHECK (amount > 0),
          account_id uuid NOT NULL,
          creditor_name text NOT NULL,
          creditor_iban text NOT NULL,
          creditor_bic text,
          remittance text NOT NULL CHECK (length(remittance) BETWEEN 1 AND 140),
          end_to_end_id text NOT NULL CHECK (end_to_end_id ~ '^[A-Z0-9]{1,35}$'),
          living boolean NOT NULL DEFAULT true,
          ${within('batch_id', 'payment_batches')},
          ${within('disbursement_id', 'disbursements')},
          ${within('account_id', 'bank_accounts')},
          UNIQUE (batch_id, number)
        `,
        ['SELECT', 'INSERT'],
      ),
    );
    await db.query(
      tenantTable(
        'payment_batch_files',
        `
          batch_id uuid NOT NULL,
          format text NOT NULL CHECK (format <> ''),
          file_id uuid NOT NULL,
          sha256 text NOT NULL,
          ${within('batch_id', 'payment_batches')},
          ${within('file_id', 'stored_files')},
          CONSTRAINT payment_batch_files_one_each UNIQUE (batch_id, format)
        `,
        ['SELECT', 'INSERT'],
      ),
    );
    await this.guards(db);
  }

  private async guards(db: QueryRunner): Promise<void> {
    await db.query(`
      -- Nothing is sent to the bank twice: one living batch for a payment.
      CREATE UNIQUE INDEX payment_batch_lines_one_living ON payment_batch_lines (disbursement_id) WHERE living;

      CREATE FUNCTION refuse_unapproved_batch() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.state IN ('released', 'sent', 'done') AND NOT EXISTS (
          SELECT 1 FROM approvals WHERE id = NEW.approval_id AND subject_id = NEW.id AND state = 'approved'
        ) THEN
          RAISE EXCEPTION 'The batch is not approved.' USING ERRCODE = 'TR008';
        END IF;
        IF TG_OP = 'UPDATE' AND (NEW.pool_id, NEW.execution_on, NEW.total, NEW.debtor_iban, NEW.approval_id)
          IS DISTINCT FROM (OLD.pool_id, OLD.execution_on, OLD.total, OLD.debtor_iban, OLD.approval_id) THEN
          RAISE EXCEPTION 'A batch cannot be changed: withdraw it and make another.' USING ERRCODE = 'TR007';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER payment_batches_approved BEFORE INSERT OR UPDATE ON payment_batches
        FOR EACH ROW EXECUTE FUNCTION refuse_unapproved_batch();

      -- Of a line nothing can change but whether it lives.
      GRANT UPDATE (living) ON payment_batch_lines TO ${APPLICATION_ROLE};
      CREATE FUNCTION refuse_revived_batch_line() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.living AND NOT OLD.living THEN
          RAISE EXCEPTION 'A withdrawn batch stays so: make another.' USING ERRCODE = 'TR007';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER payment_batch_lines_stay BEFORE UPDATE ON payment_batch_lines
        FOR EACH ROW EXECUTE FUNCTION refuse_revived_batch_line();
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
