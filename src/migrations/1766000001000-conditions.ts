import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable, within } from '../platform/database/tenant-table.js';

/** What must hold before a grant is paid any further; and waivers, which others approve. */
export class Conditions1766000001000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      tenantTable(
        'conditions',
        `
          grant_id uuid NOT NULL,
          kind text NOT NULL CHECK (kind IN ('reportAccepted', 'documentReceived', 'matchMoneyRaised', 'decisionPassed', 'date')),
          -- Instalments agreed for this day or later wait for it.
          applies_from date NOT NULL,
          subject text NOT NULL DEFAULT '',
          -- The day up to which a report must have been accepted, or the day before which nothing is paid.
          on_day date,
          match_amount bigint CHECK (match_amount > 0),
          match_raised bigint NOT NULL DEFAULT 0 CHECK (match_raised >= 0),
          state text NOT NULL CHECK (state IN ('open', 'met', 'waived')),
          met_on date,
          note text NOT NULL DEFAULT '',
          added_by uuid REFERENCES persons (id),
          added_at timestamptz NOT NULL,
          ended_by uuid REFERENCES persons (id),
          ended_at timestamptz,
          waiver_approval_id uuid,
          waiver_reason text,
          ${within('grant_id', 'grants')},
          ${within('waiver_approval_id', 'approvals')},
          CHECK ((kind IN ('reportAccepted', 'date')) = (on_day IS NOT NULL)),
          CHECK ((kind = 'matchMoneyRaised') = (match_amount IS NOT NULL)),
          CHECK ((kind IN ('documentReceived', 'decisionPassed', 'matchMoneyRaised')) = (subject <> '')),
          CHECK ((state = 'met') = (met_on IS NOT NULL)),
          CHECK (kind <> 'matchMoneyRaised' OR state <> 'met' OR match_raised >= match_amount)
        `,
        ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
      ),
    );
    await db.query(`
      CREATE INDEX conditions_by_grant ON conditions (grant_id, applies_from) WHERE state = 'open';
      CREATE FUNCTION refuse_unapproved_waiver() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.state = 'waived' AND NOT EXISTS (
          SELECT 1 FROM approvals WHERE id = NEW.waiver_approval_id AND subject_id = NEW.id AND state = 'approved'
        ) THEN
          RAISE EXCEPTION 'The waiver is not approved.' USING ERRCODE = 'TR008';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER conditions_waived_by_approval BEFORE INSERT OR UPDATE ON conditions
        FOR EACH ROW EXECUTE FUNCTION refuse_unapproved_waiver();
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
