import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable, within } from '../platform/database/tenant-table.js';

/** Outcomes that were claimed, what the verifier found of them, and how what they come to was worked out. */
export class OutcomeClaims1767000012100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await this.claims(db);
    await this.workings(db);
    await this.rules(db);
  }

  private async claims(db: QueryRunner): Promise<void> {
    // The secret that keys the people of a bond, itself sealed under the installation's: never in clear.
    await db.query(
      tenantTable(
        'bond_person_keys',
        `
          bond_id uuid NOT NULL UNIQUE,
          sealed_key text NOT NULL,
          ${within('bond_id', 'bonds')}
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
    await db.query(
      tenantTable(
        'outcome_claims',
        `
          bond_id uuid NOT NULL,
          number integer NOT NULL CHECK (number > 0),
          -- The period of the term, counted from 1.
          period integer NOT NULL CHECK (period > 0),
          period_from date NOT NULL,
          period_to date NOT NULL CHECK (period_to >= period_from),
          -- The terms it was made under; under others it is not verified.
          terms_number integer NOT NULL,
          terms_hash text NOT NULL,
          state text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'submitted', 'verified', 'rejected')),
          note text NOT NULL DEFAULT '',
          made_by uuid NOT NULL REFERENCES persons (id),
          made_at timestamptz NOT NULL,
          submitted_by uuid REFERENCES persons (id),
          submitted_at timestamptz,
          decided_by uuid REFERENCES persons (id),
          decided_at timestamptz,
          decided_reason text,
          -- Its place among the verified claims of the bond: caps are used up in this order.
          verified_place integer,
          version integer NOT NULL DEFAULT 1,
          ${within('bond_id', 'bonds')},
          UNIQUE (bond_id, number),
          UNIQUE (bond_id, verified_place),
          CHECK ((state = 'draft') = (submitted_at IS NULL)),
          CHECK ((state IN ('verified', 'rejected')) = (decided_at IS NOT NULL)),
          CHECK ((state = 'verified') = (verified_place IS NOT NULL)),
          CHECK (state <> 'rejected' OR decided_reason <> ''),
          CONSTRAINT outcome_claims_verifier_is_not_claimant
            CHECK (decided_by IS NULL OR (decided_by <> made_by AND decided_by <> submitted_by))
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
    await db.query(
      tenantTable(
        'outcome_claim_lines',
        `
          claim_id uuid NOT NULL,
          number integer NOT NULL CHECK (number > 0),
          metric text NOT NULL CHECK (metric <> ''),
          quantity numeric CHECK (quantity >= 0),
          value numeric,
          verdict text CHECK (verdict IN ('accepted', 'reduced', 'rejected')),
          accepted_quantity numeric CHECK (accepted_quantity >= 0),
          accepted_value numeric,
          reason text,
          ${within('claim_id', 'outcome_claims')},
          UNIQUE (claim_id, number),
          CHECK (verdict IS NULL OR verdict = 'accepted' OR reason <> '')
        `,
        ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
      ),
    );
    await db.query(
      tenantTable(
        'outcome_claim_people',
        `
          line_id uuid NOT NULL,
          position integer NOT NULL CHECK (position > 0),
          -- HMAC-SHA-256 of the person's identifier under the bond's key.
          person_key text NOT NULL CHECK (person_key ~ '^[0-9a-f]{64}$'),
          is_accepted boolean NOT NULL DEFAULT true,
          FOREIGN KEY (coalition_id, line_id) REFERENCES outcome_claim_lines (coalition_id, id) ON DELETE CASCADE,
          UNIQUE (line_id, position)
        `,
        ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
      ),
    );
    await db.query(
      tenantTable(
        'outcome_evidence',
        `
          claim_id uuid NOT NULL,
          file_id uuid NOT NULL,
          name text NOT NULL CHECK (name <> ''),
          added_by uuid NOT NULL REFERENCES persons (id),
          added_at timestamptz NOT NULL,
          ${within('claim_id', 'outcome_claims')},
          ${within('file_id', 'stored_files')},
          UNIQUE (claim_id, file_id)
        `,
        ['SELECT', 'INSERT'],
      ),
    );
  }

  private async workings(db: QueryRunner): Promise<void> {
    await db.query(
      tenantTable(
        'outcome_workings',
        `
          claim_id uuid NOT NULL,
          -- Null where money of an earlier period, which a period's cap had trimmed, is claimed again.
          line_id uuid,
          position integer NOT NULL CHECK (position > 0),
          metric text NOT NULL,
          accepted numeric NOT NULL,
          gross bigint NOT NULL CHECK (gross >= 0),
          trimmed jsonb NOT NULL,
          net bigint NOT NULL CHECK (net BETWEEN 0 AND gross),
          -- How the gross came about, in words.
          working text NOT NULL,
          ${within('claim_id', 'outcome_claims')},
          ${within('line_id', 'outcome_claim_lines')},
          UNIQUE (claim_id, position)
        `,
        ['SELECT', 'INSERT'],
      ),
    );
    await db.query(
      tenantTable(
        'outcome_shares',
        `
          working_id uuid NOT NULL,
          party_id uuid NOT NULL,
          amount bigint NOT NULL CHECK (amount >= 0),
          -- Beyond the payer's cap.
          unpaid bigint NOT NULL CHECK (unpaid >= 0),
          ${within('working_id', 'outcome_workings')},
          ${within('party_id', 'bond_parties')},
          UNIQUE (working_id, party_id)
        `,
        ['SELECT', 'INSERT'],
      ),
    );
  }

  /** What was handed in stays as it was; a verifier only adds what was found. */
  private async rules(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE INDEX outcome_claim_people_by_key ON outcome_claim_people (person_key);

      CREATE FUNCTION keep_submitted_lines() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE claim uuid := CASE TG_OP WHEN 'INSERT' THEN NEW.claim_id ELSE OLD.claim_id END;
      BEGIN
        IF (SELECT state FROM outcome_claims WHERE id = claim) <> 'draft' AND (TG_OP <> 'UPDATE'
          OR (NEW.metric, NEW.quantity, NEW.value, NEW.number) IS DISTINCT FROM (OLD.metric, OLD.quantity, OLD.value, OLD.number)) THEN
          RAISE EXCEPTION 'A claim that was handed in is not changed.' USING ERRCODE = 'TR002';
        END IF;
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
      END $$;
      CREATE TRIGGER outcome_claim_lines_kept BEFORE INSERT OR UPDATE OR DELETE ON outcome_claim_lines
        FOR EACH ROW EXECUTE FUNCTION keep_submitted_lines();
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
