import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable, within } from '../platform/database/tenant-table.js';

/** Money given back to funders by the pool’s policy: asked for, approved by others, then paid. */
export class Refunds1765000003000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      tenantTable(
        'refunds',
        `
          pool_id uuid NOT NULL,
          amount bigint NOT NULL CHECK (amount > 0),
          currency text NOT NULL,
          reason text NOT NULL CHECK (reason <> ''),
          state text NOT NULL CHECK (state IN ('proposed', 'approved', 'paid', 'rejected')),
          approval_id uuid NOT NULL,
          made_by uuid NOT NULL REFERENCES persons (id),
          made_at timestamptz NOT NULL,
          bank_reference text,
          paid_on date,
          paid_by uuid REFERENCES persons (id),
          entry_id uuid,
          ${within('pool_id', 'pools')},
          ${within('approval_id', 'approvals')},
          ${within('entry_id', 'journal_entries')},
          CONSTRAINT refunds_bank_reference_once UNIQUE (pool_id, bank_reference),
          CHECK ((state = 'paid') = (entry_id IS NOT NULL)),
          CHECK (state <> 'paid' OR (bank_reference <> '' AND paid_on IS NOT NULL))
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
    await db.query(
      tenantTable(
        'refund_shares',
        `
          refund_id uuid NOT NULL,
          funder_id uuid NOT NULL,
          amount bigint NOT NULL CHECK (amount > 0),
          ${within('refund_id', 'refunds')},
          ${within('funder_id', 'organisations')},
          UNIQUE (refund_id, funder_id)
        `,
        ['SELECT', 'INSERT'],
      ),
    );
    await db.query(`
      CREATE FUNCTION refuse_unapproved_refund() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.state IN ('approved', 'paid') AND NOT EXISTS (
          SELECT 1 FROM approvals WHERE id = NEW.approval_id AND subject_id = NEW.id AND state = 'approved'
        ) THEN
          RAISE EXCEPTION 'The refund is not approved.' USING ERRCODE = 'TR008';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER refunds_approved BEFORE INSERT OR UPDATE ON refunds
        FOR EACH ROW EXECUTE FUNCTION refuse_unapproved_refund();
      CREATE INDEX refunds_by_pool ON refunds (pool_id);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
