import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable, within } from '../platform/database/tenant-table.js';

/** Amendments of grants: each a version of its own, kept with what stood before and what stands after it. */
export class GrantVersions1765000004000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      tenantTable(
        'grant_versions',
        `
          grant_id uuid NOT NULL,
          pool_id uuid NOT NULL,
          -- The award is version 1; an amendment gets the next number when it is approved, so that none is missing.
          number integer CHECK (number > 1),
          kind text NOT NULL CHECK (kind IN
            ('extension', 'noCostExtension', 'topUp', 'cut', 'reschedule', 'carryOver')),
          reason text NOT NULL CHECK (reason <> ''),
          state text NOT NULL DEFAULT 'asked' CHECK (state IN ('asked', 'approved', 'rejected')),
          currency text NOT NULL,
          award_before bigint NOT NULL CHECK (award_before > 0),
          award_after bigint NOT NULL CHECK (award_after > 0),
          end_on_before date NOT NULL,
          end_on_after date NOT NULL,
          plan_before jsonb NOT NULL,
          plan_after jsonb NOT NULL,
          approval_id uuid NOT NULL,
          asked_by uuid NOT NULL REFERENCES persons (id),
          asked_at timestamptz NOT NULL,
          decided_by uuid REFERENCES persons (id),
          decided_at timestamptz,
          decided_reason text,
          entry_id uuid,
          version integer NOT NULL DEFAULT 1,
          ${within('grant_id', 'grants')},
          ${within('pool_id', 'pools')},
          ${within('approval_id', 'approvals')},
          ${within('entry_id', 'journal_entries')},
          UNIQUE (grant_id, number),
          CHECK ((state = 'approved') = (number IS NOT NULL)),
          CHECK ((state = 'asked') = (decided_at IS NULL)),
          CHECK (entry_id IS NULL OR award_before <> award_after),
          CONSTRAINT grant_versions_maker_is_not_checker CHECK (state <> 'approved' OR decided_by <> asked_by)
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
    await db.query(`
      CREATE INDEX grant_versions_by_grant ON grant_versions (grant_id);
      -- One at a time: a second would be asked for over a plan that the first is about to replace.
      CREATE UNIQUE INDEX grant_versions_one_asked ON grant_versions (grant_id) WHERE state = 'asked';

      CREATE FUNCTION refuse_unapproved_grant_version() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.state = 'approved' AND NOT EXISTS (
          SELECT 1 FROM approvals WHERE id = NEW.approval_id AND subject_id = NEW.id AND state = 'approved'
        ) THEN
          RAISE EXCEPTION 'The amendment is not approved.' USING ERRCODE = 'TR008';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER grant_versions_approved BEFORE INSERT OR UPDATE ON grant_versions
        FOR EACH ROW EXECUTE FUNCTION refuse_unapproved_grant_version();

      -- A report whose period fell away with the end of the term is asked of nobody, and kept.
      ALTER TABLE spend_reports
        DROP CONSTRAINT spend_reports_state_check,
        ADD CONSTRAINT spend_reports_state_check
          CHECK (state IN ('draft', 'submitted', 'returned', 'accepted', 'withdrawn'));
      ALTER TABLE spend_reports
        DROP CONSTRAINT spend_reports_check2,
        ADD CONSTRAINT spend_reports_submitted_by_somebody
          CHECK (state IN ('draft', 'withdrawn') OR (submitted_by IS NOT NULL AND submitted_at IS NOT NULL));
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
