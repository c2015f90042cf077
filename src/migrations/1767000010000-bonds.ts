import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable, within } from '../platform/database/tenant-table.js';

/** Outcome-linked bonds: their accounts in both books, the contract with its versions, and who is party to it. */
export class Bonds1767000010000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await this.accounts(db);
    await db.query(
      tenantTable(
        'bonds',
        `
          pool_id uuid NOT NULL,
          reference text NOT NULL CHECK (reference <> ''),
          title text NOT NULL CHECK (title <> ''),
          currency text NOT NULL,
          provider_id uuid NOT NULL,
          state text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'signed', 'active', 'closed', 'cancelled')),
          -- The version that holds; null until one is signed.
          signed_version integer,
          signed_on date,
          active_from date,
          closed_on date,
          created_by uuid NOT NULL REFERENCES persons (id),
          created_at timestamptz NOT NULL,
          version integer NOT NULL DEFAULT 1,
          ${within('pool_id', 'pools')},
          ${within('provider_id', 'organisations')},
          UNIQUE (pool_id, reference),
          CHECK ((signed_version IS NULL) = (signed_on IS NULL)),
          CHECK (state IN ('draft', 'cancelled') OR signed_version IS NOT NULL),
          CHECK ((state = 'closed') = (closed_on IS NOT NULL))
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
    await db.query(
      tenantTable(
        'bond_versions',
        `
          bond_id uuid NOT NULL,
          number integer NOT NULL CHECK (number > 0),
          terms jsonb NOT NULL,
          -- SHA-256 of the terms as canonical JSON: what is signed, and what a claim was made under.
          terms_hash text NOT NULL,
          reason text NOT NULL CHECK (reason <> ''),
          state text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'proposed', 'signed', 'rejected')),
          approval_id uuid,
          made_by uuid NOT NULL REFERENCES persons (id),
          made_at timestamptz NOT NULL,
          signed_by uuid REFERENCES persons (id),
          signed_at timestamptz,
          version integer NOT NULL DEFAULT 1,
          ${within('bond_id', 'bonds')},
          ${within('approval_id', 'approvals')},
          UNIQUE (bond_id, number),
          CHECK (state = 'draft' OR approval_id IS NOT NULL),
          CHECK ((state = 'signed') = (signed_at IS NOT NULL)),
          CONSTRAINT bond_versions_maker_is_not_checker CHECK (signed_by IS NULL OR signed_by <> made_by)
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
    await db.query(
      tenantTable(
        'bond_parties',
        `
          bond_id uuid NOT NULL,
          role text NOT NULL CHECK (role IN ('provider', 'verifier', 'payer', 'investor', 'guarantor')),
          organisation_id uuid,
          -- A verifier may be a person who belongs to no party.
          person_id uuid REFERENCES persons (id),
          ${within('bond_id', 'bonds')},
          ${within('organisation_id', 'organisations')},
          CHECK (num_nonnulls(organisation_id, person_id) = 1),
          CHECK (person_id IS NULL OR role = 'verifier'),
          CONSTRAINT bond_parties_once UNIQUE NULLS NOT DISTINCT (bond_id, role, organisation_id, person_id)
        `,
        ['SELECT', 'INSERT'],
      ),
    );
    await this.rules(db);
  }

  /** Investors' money and outcome payments are held in the pool's cash, apart from what funders have in it. */
  private async accounts(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE accounts
        DROP CONSTRAINT accounts_kind_in_book,
        ADD CONSTRAINT accounts_kind_in_book CHECK (
          (book = 'actual' AND kind IN ('cash', 'fundBalance', 'feesPayable', 'exchangeDifference', 'investorCapital',
            'investorReturn', 'programmeCost', 'bondProceeds')) OR
          (book = 'commitment' AND kind IN ('pledgesReceivable', 'pledgedFunds', 'committedToGrants', 'grantsOutstanding',
            'outcomePaymentsReceivable', 'expectedOutcomeIncome'))
        ),
        DROP CONSTRAINT accounts_never_overdrawn,
        ADD CONSTRAINT accounts_never_overdrawn CHECK (
          CASE
            WHEN kind IN ('cash', 'pledgesReceivable', 'committedToGrants', 'investorReturn', 'programmeCost',
              'outcomePaymentsReceivable') THEN balance >= 0
            WHEN kind = 'exchangeDifference' THEN true
            ELSE balance <= 0
          END
        );
    `);
  }

  /** What was signed is kept as it was; who checks is never a party that is paid by what is checked. */
  private async rules(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE UNIQUE INDEX bond_versions_one_under_way ON bond_versions (bond_id) WHERE state IN ('draft', 'proposed');
      CREATE INDEX bond_parties_by_organisation ON bond_parties (organisation_id);

      CREATE FUNCTION keep_signed_terms() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF OLD.state <> 'draft' AND (NEW.terms, NEW.terms_hash, NEW.number) IS DISTINCT FROM (OLD.terms, OLD.terms_hash, OLD.number) THEN
          RAISE EXCEPTION 'What was proposed is not changed: make a new version.' USING ERRCODE = 'TR002';
        END IF;
        IF NEW.state = 'signed' AND NOT EXISTS (
          SELECT 1 FROM approvals WHERE id = NEW.approval_id AND subject_id = NEW.id AND state = 'approved'
        ) THEN
          RAISE EXCEPTION 'The contract is not approved.' USING ERRCODE = 'TR008';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER bond_versions_kept BEFORE UPDATE ON bond_versions FOR EACH ROW EXECUTE FUNCTION keep_signed_terms();

      CREATE FUNCTION refuse_dependent_verifier() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.organisation_id IS NOT NULL AND EXISTS (
          SELECT 1 FROM bond_parties p WHERE p.bond_id = NEW.bond_id AND p.organisation_id = NEW.organisation_id
            AND ((NEW.role = 'verifier' AND p.role IN ('provider', 'investor'))
              OR (NEW.role IN ('provider', 'investor') AND p.role = 'verifier'))
        ) THEN
          RAISE EXCEPTION 'A verifier is neither the provider nor an investor.' USING ERRCODE = 'TR009';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER bond_parties_verifier_independent BEFORE INSERT ON bond_parties
        FOR EACH ROW EXECUTE FUNCTION refuse_dependent_verifier();
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
