import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APPLICATION_ROLE, tenantTable, within } from '../platform/database/tenant-table.js';

/** Where payees are paid and pools pay from; and approvals that belong to no pool. */
export class BankAccounts1765000006000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE approvals ALTER COLUMN pool_id DROP NOT NULL`);
    await this.canonicalJson(db);
    await db.query(
      tenantTable(
        'bank_accounts',
        `
          organisation_id uuid NOT NULL,
          name text NOT NULL CHECK (name <> ''),
          iban text NOT NULL CHECK (iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
          bic text CHECK (bic ~ '^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$'),
          reason text NOT NULL CHECK (reason <> ''),
          state text NOT NULL CHECK (state IN ('proposed', 'approved', 'rejected', 'stopped')),
          approval_id uuid NOT NULL,
          made_by uuid NOT NULL REFERENCES persons (id),
          made_at timestamptz NOT NULL,
          approved_at timestamptz,
          usable_from date,
          stopped_on date,
          stopped_by uuid REFERENCES persons (id),
          stop_reason text,
          ${within('organisation_id', 'organisations')},
          ${within('approval_id', 'approvals')},
          CHECK (state <> 'approved' OR (approved_at IS NOT NULL AND usable_from IS NOT NULL)),
          CHECK ((state = 'stopped') = (stopped_on IS NOT NULL AND stop_reason <> ''))
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
    await db.query(
      tenantTable(
        'pool_bank_accounts',
        `
          pool_id uuid NOT NULL,
          name text NOT NULL CHECK (name <> ''),
          iban text NOT NULL CHECK (iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
          bic text CHECK (bic ~ '^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$'),
          set_by uuid NOT NULL REFERENCES persons (id),
          set_at timestamptz NOT NULL,
          ${within('pool_id', 'pools')},
          CONSTRAINT pool_bank_accounts_one_each UNIQUE (pool_id)
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
    await this.guards(db);
  }

  /** The text that the hash of an approval is taken over: keys in order, no blanks, at any depth. */
  private async canonicalJson(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE FUNCTION canonical_json(value jsonb) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
      BEGIN
        RETURN CASE jsonb_typeof(value)
          WHEN 'object' THEN (
            SELECT '{' || coalesce(string_agg(to_json(key)::text || ':' || canonical_json(inside), ',' ORDER BY key COLLATE "C"), '') || '}'
            FROM jsonb_each(value) AS field (key, inside))
          WHEN 'array' THEN (
            SELECT '[' || coalesce(string_agg(canonical_json(inside), ',' ORDER BY place), '') || ']'
            FROM jsonb_array_elements(value) WITH ORDINALITY AS element (inside, place))
          ELSE value::text
        END;
      END $$;
    `);
  }

  private async guards(db: QueryRunner): Promise<void> {
    await db.query(`
      -- On any day one account at most is the payee's, and one change at a time is asked for.
      CREATE UNIQUE INDEX bank_accounts_one_from ON bank_accounts (organisation_id, usable_from) WHERE state = 'approved';
      CREATE UNIQUE INDEX bank_accounts_one_proposed ON bank_accounts (organisation_id) WHERE state = 'proposed';

      CREATE FUNCTION refuse_unapproved_bank_account() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'UPDATE' AND (NEW.organisation_id, NEW.name, NEW.iban, NEW.bic, NEW.approval_id)
          IS DISTINCT FROM (OLD.organisation_id, OLD.name, OLD.iban, OLD.bic, OLD.approval_id) THEN
          RAISE EXCEPTION 'A bank account cannot be changed: propose another.' USING ERRCODE = 'TR007';
        END IF;
        IF NEW.state = 'approved' AND NOT EXISTS (
          SELECT 1 FROM approvals WHERE id = NEW.approval_id AND subject_id = NEW.id AND state = 'approved'
        ) THEN
          RAISE EXCEPTION 'The bank account is not approved.' USING ERRCODE = 'TR008';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER bank_accounts_approved BEFORE INSERT OR UPDATE ON bank_accounts
        FOR EACH ROW EXECUTE FUNCTION refuse_unapproved_bank_account();

      -- A partner sees the accounts of the organisation it sits for, and no other's.
      CREATE POLICY bank_accounts_own ON bank_accounts AS RESTRICTIVE TO ${APPLICATION_ROLE} USING (
        coalesce(current_setting('app.job', true), '') <> '' OR EXISTS (
          SELECT 1 FROM memberships m
          WHERE m.coalition_id = bank_accounts.coalition_id AND m.person_id = current_person()
            AND (m.role <> 'partner' OR m.organisation_id = bank_accounts.organisation_id)
            AND m.since_on <= nullif(current_setting('app.today', true), '')::date
            AND (m.until_on IS NULL OR m.until_on >= nullif(current_setting('app.today', true), '')::date)));
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
