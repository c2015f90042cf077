import type { MigrationInterface, QueryRunner } from 'typeorm';
import { within } from '../platform/database/tenant-table.js';

/** Which account a pool pays from takes two people too; and an approval begins open, whoever writes it. */
export class PoolAccountApprovals1767000003000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE pool_bank_accounts
        DROP CONSTRAINT pool_bank_accounts_one_each,
        ADD COLUMN state text NOT NULL DEFAULT 'inUse' CHECK (state IN ('proposed', 'inUse', 'replaced', 'rejected')),
        ADD COLUMN reason text NOT NULL DEFAULT '',
        ADD COLUMN approval_id uuid,
        ADD COLUMN approved_at timestamptz,
        ADD ${within('approval_id', 'approvals')},
        ADD CHECK (state <> 'proposed' OR approval_id IS NOT NULL);
      ALTER TABLE pool_bank_accounts RENAME COLUMN set_by TO made_by;
      ALTER TABLE pool_bank_accounts RENAME COLUMN set_at TO made_at;
      ALTER TABLE pool_bank_accounts ALTER COLUMN state DROP DEFAULT, ALTER COLUMN reason DROP DEFAULT;
      CREATE UNIQUE INDEX pool_bank_accounts_one_in_use ON pool_bank_accounts (pool_id) WHERE state = 'inUse';
      CREATE UNIQUE INDEX pool_bank_accounts_one_proposed ON pool_bank_accounts (pool_id) WHERE state = 'proposed';

      CREATE FUNCTION refuse_unapproved_pool_account() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'UPDATE' AND (NEW.pool_id, NEW.name, NEW.iban, NEW.bic, NEW.approval_id, NEW.made_by)
          IS DISTINCT FROM (OLD.pool_id, OLD.name, OLD.iban, OLD.bic, OLD.approval_id, OLD.made_by) THEN
          RAISE EXCEPTION 'The account of a pool cannot be changed: propose another.' USING ERRCODE = 'TR007';
        END IF;
        IF NEW.state = 'inUse' AND NOT EXISTS (
          SELECT 1 FROM approvals WHERE id = NEW.approval_id AND subject_id = NEW.id AND state = 'approved'
        ) THEN
          RAISE EXCEPTION 'The account of the pool is not approved.' USING ERRCODE = 'TR008';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER pool_bank_accounts_approved BEFORE INSERT OR UPDATE ON pool_bank_accounts
        FOR EACH ROW EXECUTE FUNCTION refuse_unapproved_pool_account();

      -- Signatures are counted when an approval changes: so it may not begin with what they would bring about.
      CREATE FUNCTION refuse_born_approved() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.state <> 'open' THEN
          RAISE EXCEPTION 'An approval begins open.' USING ERRCODE = 'TR008';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER approvals_begin_open BEFORE INSERT ON approvals
        FOR EACH ROW EXECUTE FUNCTION refuse_born_approved();
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
