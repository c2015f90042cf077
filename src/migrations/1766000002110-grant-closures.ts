import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable, within } from '../platform/database/tenant-table.js';

/** How grants end: first the work, then the money. */
export class GrantClosures1766000002110 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      tenantTable(
        'grant_closures',
        `
          grant_id uuid NOT NULL,
          pool_id uuid NOT NULL,
          step text NOT NULL CHECK (step IN ('operational', 'financial')),
          state text NOT NULL DEFAULT 'asked' CHECK (state IN ('asked', 'done', 'rejected')),
          reason text NOT NULL CHECK (reason <> ''),
          closed_on date NOT NULL,
          currency text NOT NULL,
          -- The accepted report that it relies on.
          report_id uuid,
          -- Of the operational step: what is unpaid is cancelled, and the term ends.
          award_before bigint,
          award_after bigint CHECK (award_after <= award_before),
          end_on_before date,
          end_on_after date CHECK (end_on_after <= end_on_before),
          entry_id uuid,
          -- Of the financial step: what was unspent came back, or stays with the partner.
          paid bigint,
          returned bigint,
          carried_over bigint CHECK (carried_over BETWEEN 0 AND paid - returned),
          approval_id uuid,
          asked_by uuid NOT NULL REFERENCES persons (id),
          asked_at timestamptz NOT NULL,
          decided_by uuid REFERENCES persons (id),
          decided_at timestamptz,
          decided_reason text,
          version integer NOT NULL DEFAULT 1,
          ${within('grant_id', 'grants')},
          ${within('pool_id', 'pools')},
          ${within('report_id', 'spend_reports')},
          ${within('entry_id', 'journal_entries')},
          ${within('approval_id', 'approvals')},
          CHECK (num_nonnulls(award_before, award_after, end_on_before, end_on_after)
            = CASE step WHEN 'operational' THEN 4 ELSE 0 END),
          CHECK (num_nonnulls(paid, returned, carried_over) = CASE step WHEN 'financial' THEN 3 ELSE 0 END),
          CHECK ((entry_id IS NOT NULL) = (state = 'done' AND coalesce(award_after < award_before, false))),
          CHECK ((state = 'asked') = (decided_at IS NULL)),
          CHECK (state = 'done' OR approval_id IS NOT NULL),
          CONSTRAINT grant_closures_maker_is_not_checker
            CHECK (state <> 'done' OR approval_id IS NULL OR decided_by <> asked_by)
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
    await db.query(`
      CREATE INDEX grant_closures_by_grant ON grant_closures (grant_id);
      CREATE UNIQUE INDEX grant_closures_one_living ON grant_closures (grant_id, step) WHERE state <> 'rejected';

      -- Without an approval the work ends with its last report, and the money where nothing of it stays behind.
      CREATE FUNCTION refuse_unapproved_closure() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE is_agreed boolean := CASE
        WHEN NEW.approval_id IS NOT NULL THEN EXISTS (
          SELECT 1 FROM approvals WHERE id = NEW.approval_id AND subject_id = NEW.id AND state = 'approved')
        ELSE coalesce(NEW.carried_over, 0) = 0 AND EXISTS (
          SELECT 1 FROM spend_reports WHERE id = NEW.report_id AND grant_id = NEW.grant_id AND state = 'accepted')
      END;
      BEGIN
        IF NEW.state = 'done' AND NOT is_agreed THEN
          RAISE EXCEPTION 'The closing is not approved.' USING ERRCODE = 'TR008';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER grant_closures_approved BEFORE INSERT OR UPDATE ON grant_closures
        FOR EACH ROW EXECUTE FUNCTION refuse_unapproved_closure();

      -- A grant may end before anything of it was paid: its award is then nothing.
      ALTER TABLE grants
        DROP CONSTRAINT grants_amount_check,
        ADD CONSTRAINT grants_amount_check CHECK (amount > 0 OR (amount = 0 AND state IN ('closing', 'closed')));
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
