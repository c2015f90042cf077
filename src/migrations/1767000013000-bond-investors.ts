import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable, within } from '../platform/database/tenant-table.js';

const paid = `
  state text NOT NULL CHECK (state IN ('proposed', 'approved', 'paid', 'rejected')),
  approval_id uuid NOT NULL,
  made_by uuid NOT NULL REFERENCES persons (id),
  made_at timestamptz NOT NULL,
  bank_reference text,
  paid_on date,
  paid_by uuid REFERENCES persons (id),
  entry_id uuid,
  ${within('bond_id', 'bonds')},
  ${within('pool_id', 'pools')},
  ${within('approval_id', 'approvals')},
  ${within('entry_id', 'journal_entries')},
  CHECK ((state = 'paid') = (entry_id IS NOT NULL)),
  CHECK (state <> 'paid' OR (bank_reference <> '' AND paid_on IS NOT NULL))`;

/** The investors of a bond: what is called from them and comes, what the bond pays out of it, and how it ends. */
export class BondInvestors1767000013000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await this.moneyIn(db);
    await this.moneyOut(db);
    await this.closings(db);
    await this.rules(db);
  }

  private async moneyIn(db: QueryRunner): Promise<void> {
    await db.query(
      tenantTable(
        'drawdown_calls',
        `
          bond_id uuid NOT NULL,
          pool_id uuid NOT NULL,
          -- The investor, or the guarantor, as a party to the bond.
          party_id uuid NOT NULL,
          number integer NOT NULL CHECK (number > 0),
          -- Capital; what investors pay where outcomes are poor; what the guarantor pays of lost capital.
          kind text NOT NULL CHECK (kind IN ('drawdown', 'twoSided', 'guarantee')),
          amount bigint NOT NULL CHECK (amount > 0),
          received bigint NOT NULL DEFAULT 0 CHECK (received BETWEEN 0 AND amount),
          currency text NOT NULL,
          called_on date NOT NULL,
          due_on date NOT NULL CHECK (due_on >= called_on),
          reason text NOT NULL CHECK (reason <> ''),
          -- By what the amount was worked out, where it was not chosen.
          working jsonb,
          called_by uuid NOT NULL REFERENCES persons (id),
          called_at timestamptz NOT NULL,
          cancelled_by uuid REFERENCES persons (id),
          cancelled_at timestamptz,
          cancel_reason text,
          ${within('bond_id', 'bonds')},
          ${within('pool_id', 'pools')},
          ${within('party_id', 'bond_parties')},
          UNIQUE (bond_id, number),
          CHECK ((kind = 'drawdown') = (working IS NULL)),
          CHECK ((cancelled_at IS NULL) = (cancel_reason IS NULL))
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
    await db.query(
      tenantTable(
        'drawdown_receipts',
        `
          call_id uuid NOT NULL,
          pool_id uuid NOT NULL,
          amount bigint NOT NULL CHECK (amount > 0),
          currency text NOT NULL,
          received_on date NOT NULL,
          bank_reference text NOT NULL CHECK (bank_reference <> ''),
          entry_id uuid NOT NULL,
          recorded_by uuid REFERENCES persons (id),
          recorded_at timestamptz NOT NULL,
          reversed_by uuid REFERENCES persons (id),
          reversed_at timestamptz,
          reversal_reason text,
          ${within('call_id', 'drawdown_calls')},
          ${within('pool_id', 'pools')},
          ${within('entry_id', 'journal_entries')},
          CONSTRAINT drawdown_receipts_bank_reference_once UNIQUE (pool_id, bank_reference, call_id),
          CONSTRAINT drawdown_receipts_maker_is_not_checker
            CHECK (reversed_by IS DISTINCT FROM recorded_by OR reversed_by IS NULL),
          CHECK ((reversed_at IS NULL) = (reversal_reason IS NULL))
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
  }

  private async moneyOut(db: QueryRunner): Promise<void> {
    await db.query(
      tenantTable(
        'provider_advances',
        `
          bond_id uuid NOT NULL,
          pool_id uuid NOT NULL,
          amount bigint NOT NULL CHECK (amount > 0),
          currency text NOT NULL,
          reason text NOT NULL CHECK (reason <> ''),
          ${paid},
          CONSTRAINT provider_advances_bank_reference_once UNIQUE (pool_id, bank_reference)
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
    await db.query(
      tenantTable(
        'distributions',
        `
          bond_id uuid NOT NULL,
          pool_id uuid NOT NULL,
          -- What is paid out: proceeds and capital by the terms, or what the guarantor paid, as capital.
          source text NOT NULL CHECK (source IN ('proceeds', 'guarantee')),
          as_of date NOT NULL,
          -- What went into the tiers: what leaves the account, what stays for the pool until the bond is closed, and the rest.
          available bigint NOT NULL,
          amount bigint NOT NULL CHECK (amount > 0),
          for_pool bigint NOT NULL CHECK (for_pool >= 0),
          remaining bigint NOT NULL CHECK (remaining >= 0),
          -- Of the amount.
          fee bigint NOT NULL CHECK (fee >= 0),
          for_provider bigint NOT NULL CHECK (for_provider >= 0),
          currency text NOT NULL,
          -- All that it was worked out from, and tier by tier what it came to.
          working jsonb NOT NULL,
          reason text NOT NULL CHECK (reason <> ''),
          ${paid},
          CONSTRAINT distributions_bank_reference_once UNIQUE (pool_id, bank_reference),
          CONSTRAINT distributions_whole CHECK (available = amount + for_pool + remaining),
          CHECK (paid_on >= as_of)
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
    await db.query(
      tenantTable(
        'distribution_shares',
        `
          distribution_id uuid NOT NULL,
          -- The investor, as a party to the bond.
          party_id uuid NOT NULL,
          capital bigint NOT NULL CHECK (capital >= 0),
          -- Beyond its capital.
          income bigint NOT NULL CHECK (income >= 0),
          ${within('distribution_id', 'distributions')},
          ${within('party_id', 'bond_parties')},
          CHECK (capital + income > 0),
          UNIQUE (distribution_id, party_id)
        `,
        ['SELECT', 'INSERT'],
      ),
    );
  }

  private async closings(db: QueryRunner): Promise<void> {
    await db.query(
      tenantTable(
        'bond_closings',
        `
          bond_id uuid NOT NULL,
          pool_id uuid NOT NULL,
          closed_on date NOT NULL,
          reason text NOT NULL CHECK (reason <> ''),
          -- What is left over and goes to fund balances, and capital that did not come back.
          surplus bigint NOT NULL CHECK (surplus >= 0),
          lost bigint NOT NULL CHECK (lost >= 0),
          currency text NOT NULL,
          working jsonb NOT NULL,
          state text NOT NULL CHECK (state IN ('proposed', 'closed', 'rejected')),
          approval_id uuid NOT NULL,
          made_by uuid NOT NULL REFERENCES persons (id),
          made_at timestamptz NOT NULL,
          -- Null also where nothing was left in any account.
          entry_id uuid,
          ${within('bond_id', 'bonds')},
          ${within('pool_id', 'pools')},
          ${within('approval_id', 'approvals')},
          ${within('entry_id', 'journal_entries')},
          CHECK (state = 'closed' OR entry_id IS NULL)
        `,
        ['SELECT', 'INSERT', 'UPDATE'],
      ),
    );
  }

  /** No money leaves a bond, and no bond ends, that others have not approved. */
  private async rules(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE FUNCTION refuse_unapproved_of_bond() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.state IN ('approved', 'paid', 'closed') AND NOT EXISTS (
          SELECT 1 FROM approvals WHERE id = NEW.approval_id AND subject_id = NEW.id AND state = 'approved'
        ) THEN
          RAISE EXCEPTION 'This is not approved.' USING ERRCODE = 'TR008';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER provider_advances_approved BEFORE INSERT OR UPDATE ON provider_advances
        FOR EACH ROW EXECUTE FUNCTION refuse_unapproved_of_bond();
      CREATE TRIGGER distributions_approved BEFORE INSERT OR UPDATE ON distributions
        FOR EACH ROW EXECUTE FUNCTION refuse_unapproved_of_bond();
      CREATE TRIGGER bond_closings_approved BEFORE INSERT OR UPDATE ON bond_closings
        FOR EACH ROW EXECUTE FUNCTION refuse_unapproved_of_bond();
      CREATE UNIQUE INDEX bond_closings_one_under_way ON bond_closings (bond_id) WHERE state <> 'rejected';
      CREATE INDEX drawdown_calls_by_party ON drawdown_calls (party_id);
      CREATE INDEX drawdown_receipts_by_call ON drawdown_receipts (call_id);
      CREATE INDEX provider_advances_by_bond ON provider_advances (bond_id);
      CREATE INDEX distributions_by_bond ON distributions (bond_id);
      CREATE INDEX distribution_shares_by_party ON distribution_shares (party_id);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}
